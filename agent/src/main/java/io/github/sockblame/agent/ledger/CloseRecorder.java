// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import io.github.sockblame.agent.capture.StackCapturer;
import org.jspecify.annotations.Nullable;

/** Records how sockets end: the program's close request, its close, or the close by the JDK's Cleaner. */
final class CloseRecorder {

    private final ConnectionAddresses addresses;
    private final StackCapturer stackCapturer;
    private final @Nullable TraceRing trace;
    private final ClosedSocketSample sample = new ClosedSocketSample(System.nanoTime());
    private final CleanerCloses cleanerCloses = new CleanerCloses();

    CloseRecorder(ConnectionAddresses addresses, StackCapturer stackCapturer, @Nullable TraceRing trace) {
        this.addresses = addresses;
        this.stackCapturer = stackCapturer;
        this.trace = trace;
    }

    /**
     * Records the first close request of this socket.
     *
     * @param open whether the descriptor is certainly open now
     */
    void recordRequest(TrackedSocket socket, boolean open) {
        boolean sampled = sample.samples(socket.identity());
        if (sampled) {
            socket.markSampled();
        }
        boolean wanted = sampled || trace != null || (open && closeMayLinger(socket));
        socket.recordCloseRequest(
                wanted && stackCapturer.canAffordOptional()
                        ? stackCapturer.capture(null)
                        : stackCapturer.captureWithoutStack());
    }

    /**
     * Returns whether the descriptor may stay open for long after the close. If so, the stack of the close request is
     * captured.
     */
    private boolean closeMayLinger(TrackedSocket socket) {
        Object owner = socket.owner();
        return owner != null && addresses.isSelectorRegistered(owner);
    }

    /** Records the close of this socket, whose record has left the table. */
    void recordClose(TrackedSocket socket) {
        traceClose(socket);
        if (socket.closing() == null && CleanerThreads.isCurrent()) {
            cleanerCloses.add(socket);
            return;
        }
        boolean sampled = socket.closing() == null ? sample.samples(socket.identity()) : socket.isSampled();
        try {
            if (sampled) {
                recordEndpoints(socket);
            }
        } finally {
            sample.add(socket, sampled); // counts it even if there is no memory for the addresses
        }
    }

    private void recordEndpoints(TrackedSocket socket) {
        Object owner = socket.owner();
        if (owner != null) {
            socket.setEndpoints(addresses.endpointsOf(owner));
        }
    }

    /** Records that the JDK's Cleaner closed this socket. */
    void recordCleanerClose(TrackedSocket socket) {
        traceClose(socket);
        cleanerCloses.add(socket);
    }

    /** Records the close of a socket of native code, which has no close request before it. */
    void recordNativeClose(TrackedSocket socket) {
        traceClose(socket);
        sample.add(socket, sample.samples((int) System.nanoTime() >>> 4));
    }

    private void traceClose(TrackedSocket socket) {
        if (trace != null) {
            trace.closed(socket);
        }
    }

    /** The sockets that the program has closed. */
    ClosedSocketSample sample() {
        return sample;
    }

    /** The sockets that the JDK's Cleaner has closed. */
    CleanerCloses cleanerCloses() {
        return cleanerCloses;
    }
}
