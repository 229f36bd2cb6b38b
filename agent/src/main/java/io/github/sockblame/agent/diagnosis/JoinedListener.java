// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import static java.util.Objects.requireNonNull;

import io.github.sockblame.agent.kernel.InetRow;
import io.github.sockblame.agent.ledger.AcceptStats;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Listener;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One listening TCP socket, with the data of ledger and kernel.
 *
 * @param socket the socket
 * @param limit connections that its accept queue holds, or one less than that; null if unknown
 * @param waiting the connections that wait on its address, by state; null if unknown
 * @param siblings others that listen on the same address and port; null if unknown
 * @param pressure for how long its queue has been full
 * @param acceptor the latest acceptor; null if the agent did not check
 */
public record JoinedListener(
        JoinedSocket socket,
        @Nullable Integer limit,
        @Nullable Map<TcpState, Integer> waiting,
        @Nullable Integer siblings,
        AcceptQueuePressure pressure,
        @Nullable AcceptorThread acceptor) {

    public JoinedListener {
        requireNonNull(socket, "socket");
        requireNonNull(pressure, "pressure");
    }

    /** The record of its accepts; null if there is none, or if the descriptor may belong to another socket. */
    static @Nullable AcceptStats acceptsOf(JoinedSocket socket) {
        TrackedSocket tracked = socket.tracked();
        return tracked == null || !socket.stable() ? null : tracked.accepts();
    }

    /** The verdict UNACCEPTED, or null. */
    @Nullable Judgement judge(long nowMillis, long graceMillis) {
        TrackedSocket tracked = socket.tracked();
        boolean closing = tracked != null && tracked.closing() != null;
        Confidence confidence = pressure.confidence(limit != null, nowMillis, graceMillis);
        return confidence == null || closing || !socket.stable()
                ? null
                : new Judgement(Verdict.UNACCEPTED, confidence, pressure.sinceMillis());
    }

    Listener toListener(StackTable stacks) {
        InetRow row = socket.row();
        TrackedSocket tracked = socket.tracked();
        AcceptStats acceptStats = acceptsOf(socket);
        return new Listener(
                socket.fd(),
                row == null ? null : row.local(),
                row == null ? null : row.recvQ(),
                acceptStats == null ? null : acceptStats.backlog(),
                limit,
                acceptStats == null ? null : acceptStats.count(),
                acceptStats == null ? null : acceptStats.perSecond(),
                tracked == null ? null : stacks.event(tracked.opened()),
                acceptStats == null ? null : stacks.event(acceptStats.lastAccept()),
                waiting,
                siblings,
                pressure.looks() == 0 ? null : Instant.ofEpochMilli(pressure.sinceMillis()));
    }
}
