// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import org.jspecify.annotations.Nullable;

/**
 * The facts of a {@link Socket}, whose components describe them. Times are numbers here, and an event has no object, so
 * that the agent can have tens of thousands of sockets without an object for each fact.
 */
public interface SocketRow {

    /** In place of a time that is unknown. */
    long NO_TIME = Long.MIN_VALUE;

    int fd();

    long inode();

    Protocol protocol();

    @Nullable TcpState state();

    @Nullable Endpoint local();

    @Nullable Endpoint remote();

    @Nullable Long recvQ();

    @Nullable Long sendQ();

    Origin origin();

    Verdict verdict();

    Confidence confidence();

    @Nullable Integer site();

    @Nullable Integer weight();

    /** Returns whether the socket has this event. */
    boolean has(SocketEvent event);

    /** Returns when an event was, in milliseconds since the epoch; {@link #NO_TIME} if the socket does not have it. */
    long millis(SocketEvent event);

    /** Returns the thread of an event that the socket has. */
    String thread(SocketEvent event);

    /** Returns the index of the stack of an event that the socket has. */
    int stack(SocketEvent event);

    /** Returns {@code lastUsedAt} in milliseconds since the epoch, or {@link #NO_TIME}. */
    long lastUsedMillis();

    /** Returns {@code stateSince} in milliseconds since the epoch, or {@link #NO_TIME}. */
    long stateSinceMillis();

    /** Returns the event that is the EOF of the program: the kernel's or, without one, that of TLS. */
    default SocketEvent endEvent() {
        return has(SocketEvent.EOF) ? SocketEvent.EOF : SocketEvent.CLOSE_NOTIFY;
    }
}
