// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import io.github.sockblame.agent.join.StateTimes;
import io.github.sockblame.agent.kernel.net.TcpRow;
import io.github.sockblame.report.TcpState;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Records since when each socket has been in its state, exact to the period of the observations.
 *
 * <p>Only the watch thread and the threads that request a report come here.
 */
final class StateHistory {

    private final DescriptorMap<SocketHistory> byFd = new DescriptorMap<>();

    private int round;

    /**
     * The history of one descriptor. There is one for every socket, so it is kept to 48 bytes: rare facts are in
     * another object.
     */
    private static final class SocketHistory {
        final Object socket;
        byte state; // its number
        boolean connected;
        int round;
        int row;
        long stateSince;
        long quietSince;

        @Nullable Unsent unsent;

        SocketHistory(Object socket, TcpState state, long nowMillis) {
            this.socket = socket;
            this.state = numberOf(state);
            this.stateSince = nowMillis;
        }

        void updateState(TcpState now, long nowMillis) {
            if (!isIn(now)) {
                state = numberOf(now);
                stateSince = nowMillis;
                unsent = null;
                quietSince = 0;
            }
            connected |= now.hasPeer();
        }

        boolean isIn(TcpState asked) {
            return state == numberOf(asked);
        }

        private static byte numberOf(TcpState state) {
            return (byte) state.number();
        }

        void updateRow(TcpRow now, long nowMillis) {
            Unsent known = unsent;
            if (now.sendQ() == 0) {
                unsent = null;
            } else if (known == null || known.sendQ != now.sendQ()) {
                unsent = new Unsent(now.sendQ(), nowMillis);
            }
            // all but the timer, which counts down
            int hash = Long.hashCode(now.recvQ()) * 31 + Long.hashCode(now.sendQ()) * 17 + now.rest();
            if (quietSince == 0 || row != hash) {
                quietSince = nowMillis;
            }
            row = hash;
        }

        StateTimes past() {
            Unsent known = unsent;
            return new StateTimes(stateSince, connected, known == null ? 0 : known.since, quietSince);
        }
    }

    /** The data that waits to be sent or acknowledged, and since when its size is unchanged. */
    private static final class Unsent {
        final long sendQ;
        final long since;

        Unsent(long sendQ, long since) {
            this.sendQ = sendQ;
            this.since = since;
        }
    }

    /** Begins a round of observations. */
    synchronized void beginRound() {
        round++;
    }

    /**
     * Records the present state of a socket.
     *
     * @param socket distinguishes this socket from another with the same descriptor number
     * @return since when it has been in that state, as far as the agent saw, in milliseconds since the epoch
     */
    synchronized long observe(int fd, Object socket, TcpState state, long nowMillis) {
        return sighting(fd, socket, state, nowMillis).stateSince;
    }

    /** Records the state and the row of a socket, if it has one. */
    synchronized StateTimes observe(int fd, Object socket, TcpState state, @Nullable TcpRow row, long nowMillis) {
        SocketHistory socketHistory = sighting(fd, socket, state, nowMillis);
        if (row != null) {
            socketHistory.updateRow(row, nowMillis);
        }
        return socketHistory.past();
    }

    /**
     * Since when this socket is, or was to its end, in CLOSE_WAIT, as far as the agent saw, in milliseconds since the
     * epoch; 0 if it is not.
     */
    synchronized long inCloseWaitSince(int fd, Object socket) {
        SocketHistory socketHistory = byFd.get(fd);
        return socketHistory != null && socketHistory.socket.equals(socket) && socketHistory.isIn(TcpState.CLOSE_WAIT)
                ? socketHistory.stateSince
                : 0;
    }

    private SocketHistory sighting(int fd, Object socket, TcpState state, long nowMillis) {
        SocketHistory socketHistory = byFd.get(fd);
        if (socketHistory == null || !socketHistory.socket.equals(socket)) {
            socketHistory = new SocketHistory(socket, state, nowMillis);
            byFd.set(fd, socketHistory);
        }
        socketHistory.updateState(state, nowMillis);
        socketHistory.round = round;
        return socketHistory;
    }

    /** Drops the sockets without an observation in this round. */
    synchronized void endRound() {
        byFd.removeIf(new Predicate<>() {
            @Override
            public boolean test(SocketHistory socketHistory) {
                return socketHistory.round != round;
            }
        });
    }
}
