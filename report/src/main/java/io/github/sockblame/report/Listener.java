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
 * @param queue connections that wait for accept now: Recv-Q of its row; null if there is none. The kernel lets in one
 *     more than {@code limit}
 * @param backlog the argument of {@code listen(2)}; null if the agent did not see it
 * @param limit the kernel's limit: {@code backlog}, bounded by {@code net.core.somaxconn}. The kernel takes the bound
 *     at {@code listen}, and this is the present one; null if either is unknown
 * @param accepted connections that the agent saw the listener accept, since it was opened or since the agent began;
 *     null if the agent did not see it listen or accept
 * @param acceptedPerSecond the same per second, between the latest two rounds of the watch thread; null before the
 *     second round
 * @param opened where it was opened; null if the agent did not see it
 * @param lastAccept the latest accept; null if the agent saw none
 * @param waiting connections of the kernel's table on its address and port that the program has not accepted, by state.
 *     Those in SYN_RECV are not in the queue yet; the clients of connections in CLOSE_WAIT gave up. Siblings share them; null
 *     if unknown
 * @param siblings other sockets that listen on the same address and port (SO_REUSEPORT), of this process or another;
 *     null if unknown
 * @param fullSince the first of the consecutive rounds that found the queue at eight tenths of the limit or above, or
 *     not empty if the limit is unknown; null if the latest round did not
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
        @Nullable Event lastAccept,
        @Nullable Map<TcpState, Integer> waiting,
        @Nullable Integer siblings,
        @Nullable Instant fullSince) {

    public Listener {
        waiting = waiting == null ? null : EnumCounts.copyOf(TcpState.class, waiting);
    }

    /**
     * Returns whether the kernel refuses further connections because the queue is full, or is one connection from that.
     */
    public boolean hasFullQueue() {
        return queue != null && limit != null && queue > 0 && queue >= limit;
    }
}
