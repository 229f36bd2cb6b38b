// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import java.util.concurrent.atomic.AtomicLong;
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

    private final SocketTable table;
    private final ClosedSocketSample closedSocketSample;
    private final AtomicLong overwritten;
    private final AtomicLong beyondTable;
    private final @Nullable TraceRing trace;
    private final StackCapturer stackCapturer;

    NativeSocketEvents(
            SocketTable table,
            ClosedSocketSample closedSocketSample,
            AtomicLong overwritten,
            AtomicLong beyondTable,
            @Nullable TraceRing trace,
            StackCapturer stackCapturer) {
        this.table = table;
        this.closedSocketSample = closedSocketSample;
        this.overwritten = overwritten;
        this.beyondTable = beyondTable;
        this.trace = trace;
        this.stackCapturer = stackCapturer;
    }

    /** Native code opened a socket or took one over; a number may come here more than once. */
    void opened(int number) {
        if (checkRange(number) && table.get(number) == null) {
            CapturedEvent opened = stackCapturer.captureOpening();
            TrackedSocket socket = new TrackedSocket(number, TrackedSocket.NATIVE, opened, false, null);
            if (!opened.hasStack()) {
                stackCapturer.resolvePendingOpening(socket, null); // no event will have its remote address
            }
            put(socket);
        }
    }

    private void put(TrackedSocket socket) {
        table.put(socket);
        if (trace != null) {
            trace.opened(socket);
        }
    }

    void listening(int number, int backlog) {
        TrackedSocket socket = table.get(number);
        if (socket != null) {
            socket.recordListen(backlog < 0 ? Integer.MAX_VALUE : backlog); // the kernel reads the backlog as unsigned
        }
    }

    /** The kernel just gave this number to an accepted connection. */
    void accepted(int listener, int connection) {
        if (checkRange(connection)) {
            if (table.remove(connection) != null) { // first, in case there is no memory for the new record
                overwritten.incrementAndGet(); // a close that the agent missed
            }
            TrackedSocket from = findOrAdoptListener(listener);
            CapturedEvent listenerOpened = from == null ? null : from.opened();
            CapturedEvent opened = stackCapturer.captureOpening();
            TrackedSocket socket = new TrackedSocket(connection, TrackedSocket.NATIVE, opened, true, listenerOpened);
            if (!opened.hasStack()) {
                stackCapturer.resolvePendingOpening(socket, from);
            }
            put(socket);
            if (from != null) {
                from.recordAccept(opened);
            }
        }
    }

    /**
     * Returns the listener's record. A listener without one was open before the agent, and is still open: Netty closes
     * a listener in the event loop that accepts from it, and with io_uring not while an accept is pending.
     */
    private @Nullable TrackedSocket findOrAdoptListener(int number) {
        TrackedSocket known = table.get(number);
        if (known == null && table.inRange(number)) {
            TrackedSocket adopted = adopted(number);
            known = table.putIfAbsent(adopted) ? adopted : table.get(number);
        }
        return known;
    }

    private static TrackedSocket adopted(int number) {
        return new TrackedSocket(number, TrackedSocket.NATIVE, null, false, null);
    }

    void endOfFile(int number, boolean socket) {
        TrackedSocket known = table.get(number);
        if (known == null && socket && table.inRange(number)) {
            known = adopted(number); // it was open before the agent
            table.put(known);
        }
        if (known != null) {
            boolean first = known.endOfFile() == null;
            known.recordEof(stackCapturer);
            if (trace != null && first) {
                trace.sawEndOfFile(known);
            }
        }
    }

    void closed(int number) {
        TrackedSocket socket = table.remove(number);
        if (trace != null && socket != null) {
            trace.closed(socket);
        }
        if (socket != null) {
            closedSocketSample.add(
                    socket,
                    closedSocketSample.samples(
                            (int) System.nanoTime() >>> 4)); // native code has no close request before the close
        }
    }

    private boolean checkRange(int number) {
        boolean room = table.inRange(number);
        if (!room && number >= 0) {
            beyondTable.incrementAndGet();
        }
        return room;
    }
}
