// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One listening TCP socket of the process.
 *
 * @param fd file descriptor number
 * @param local local address; null if the kernel has no row for the socket
 * @param queue connections that wait to be accepted now: Recv-Q of its row; null if there is none. The kernel lets in one more than
 *     {@code limit}
 * @param backlog the backlog as the kernel was asked for it; null if the agent did not see that
 * @param limit what the kernel makes of it: {@code backlog}, bounded by {@code net.core.somaxconn}. The kernel takes the bound at
 *     {@code listen}, and this is the one of now; null if either is unknown
 * @param accepted connections that were accepted since it was opened, or, if it was open before the agent, before the agent's eyes; null
 *     if the agent did not see it listen or accept
 * @param acceptedPerSecond the same per second, between the latest two looks of the watch thread; null before the second look
 * @param opened where it was opened; null if the agent did not see it
 * @param latestAccept the latest accept; null if none was seen
 * @param waiting connections of the kernel's table that nobody has accepted, on its address and port, by state: those in SYN_RECV are
 *     not in the queue yet, those in CLOSE_WAIT are of clients that gave up. Siblings share them; null if unknown
 * @param siblings other sockets that listen on the same address and port (SO_REUSEPORT), of this process or another; null if unknown
 * @param fullSince since when each look found the queue at eight tenths of the limit or above, or not empty if the limit is unknown;
 *     null if the latest did not
 */
public record Listener(
        int fd,
        @Nullable Endpoint local,
        @Nullable Long queue,
        @Nullable Integer backlog,
        @Nullable Integer limit,
        @Nullable Long accepted,
        @Nullable Double acceptedPerSecond,
        @Nullable Event opened,
        @Nullable Event latestAccept,
        @Nullable Map<TcpState, Integer> waiting,
        @Nullable Integer siblings,
        @Nullable Instant fullSince) {

    public Listener {
        waiting = waiting == null ? null : EnumCounts.copyOf(TcpState.class, waiting);
    }

    /** Whether the kernel refuses further connections for want of room, or is one connection from that. */
    public boolean hasFullQueue() {
        return queue != null && limit != null && queue > 0 && queue >= limit;
    }
}
