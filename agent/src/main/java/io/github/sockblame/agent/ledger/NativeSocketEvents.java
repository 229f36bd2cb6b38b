// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.capture.StackCapturer;
import org.jspecify.annotations.Nullable;

/**
 * The ledger's events of sockets that a library opens by native code of its own. Such a socket has nothing but its
 * number.
 *
 * <p>There is no descriptor object whose identity would distinguish a number's second owner from its first. So a
 * certainly new socket replaces any record, and a socket that may have had an event before keeps the existing record
 * (docs/decisions/0011).
 */
final class NativeSocketEvents {

    private final SocketRegistry registry;
    private final CloseRecorder closeRecorder;
    private final StackCapturer stackCapturer;
    private final PendingOpeningStacks pendingStacks;
    private final @Nullable TraceRing trace;

    NativeSocketEvents(
            SocketRegistry registry,
            CloseRecorder closeRecorder,
            StackCapturer stackCapturer,
            PendingOpeningStacks pendingStacks,
            @Nullable TraceRing trace) {
        this.registry = registry;
        this.closeRecorder = closeRecorder;
        this.stackCapturer = stackCapturer;
        this.pendingStacks = pendingStacks;
        this.trace = trace;
    }

    /** Native code opened a socket or took one over; a number may come here more than once. */
    void opened(int number) {
        if (registry.checkRange(number) && registry.at(number) == null) {
            add(number, stackCapturer.captureOpening(), false, null);
        }
    }

    /** The kernel just gave this number to an accepted connection. */
    void accepted(int listener, int connection) {
        if (registry.checkRange(connection)) {
            registry.evictStale(connection); // first, in case there is no memory for the new record
            // a listener without a record was open before the agent, and is still open: Netty closes a listener in the
            // event loop that accepts from it, and with io_uring not while an accept is pending
            TrackedSocket from = registry.findOrAdoptNativeListener(listener);
            CapturedEvent opened = stackCapturer.captureOpening();
            add(connection, opened, true, from == null ? null : from.opened());
            if (from != null) {
                from.recordAccept(opened);
            }
        }
    }

    private void add(int number, CapturedEvent opened, boolean accepted, @Nullable CapturedEvent listenerOpened) {
        TrackedSocket socket = new TrackedSocket(number, TrackedSocket.NATIVE, opened, accepted, listenerOpened);
        if (!opened.hasStack()) {
            pendingStacks.decideByListener(socket, listenerOpened); // no event will have its remote address
        }
        registry.put(socket);
        if (trace != null) {
            trace.opened(socket);
        }
    }

    void listening(int number, int backlog) {
        TrackedSocket socket = registry.at(number);
        if (socket != null) {
            socket.recordListen(backlog < 0 ? Integer.MAX_VALUE : backlog); // the kernel reads the backlog as unsigned
        }
    }

    void eofRead(int number, boolean isSocket) {
        TrackedSocket socket = isSocket ? registry.findOrAdoptNative(number) : registry.at(number);
        if (socket != null && socket.eof() == null) {
            socket.recordEof(stackCapturer.capture(socket.pendingReadHandler()));
            if (trace != null) {
                trace.eofRead(socket);
            }
        }
    }

    void closed(int number) {
        TrackedSocket socket = registry.remove(number);
        if (socket != null) {
            closeRecorder.recordNativeClose(socket);
        }
    }
}
