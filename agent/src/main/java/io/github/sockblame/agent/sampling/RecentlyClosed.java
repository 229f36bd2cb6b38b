// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.capture.StackHolder;
import io.github.sockblame.agent.join.ClosedConnection;
import io.github.sockblame.agent.ledger.ClosedSocketSample;
import io.github.sockblame.agent.ledger.ConnectionEndpoints;
import io.github.sockblame.agent.ledger.TrackedSocket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * The connections that the program has closed, for as long as the kernel may have a row for them. If there are more
 * than a hundred in a second, a sample represents all of them.
 *
 * <p>No thread of the program comes here, only the watch thread and the threads that request a report, possibly at the
 * same time.
 */
final class RecentlyClosed implements StackHolder {

    /** A minute in FIN_WAIT2 ({@code tcp_fin_timeout}), then one in TIME_WAIT ({@code TCP_TIMEWAIT_LEN}), and some seconds. */
    static final long KEPT_MILLIS = 125_000;

    /** A little more than the watch thread adds in that time; requested reports add more. */
    static final int MAX_CONNECTIONS = 16_384;

    private final Deque<ClosedConnection> oldestFirst = new ArrayDeque<>();

    /** Adds the sockets that were closed since the last time. */
    synchronized void add(ClosedSocketSample.Batch batch, long nowMillis) {
        for (TrackedSocket socket : batch.sampled()) {
            ConnectionEndpoints ends = socket.endpoints();
            if (ends != null) {
                CapturedEvent closing = socket.closing();
                long closed = closing == null ? nowMillis : closing.millis();
                oldestFirst.addLast(new ClosedConnection(
                        ends, socket.isAccepted(), socket.opened(), closing, closed, batch.weight()));
            }
        }
        while (oldestFirst.size() > MAX_CONNECTIONS || isOver(oldestFirst.peekFirst(), nowMillis)) {
            oldestFirst.removeFirst();
        }
    }

    private static boolean isOver(ClosedConnection oldest, long nowMillis) {
        return oldest != null && nowMillis - oldest.closedMillis() > KEPT_MILLIS;
    }

    @Override
    public void visitEvents(Consumer<CapturedEvent> visitor) {
        for (ClosedConnection connection : all()) {
            if (connection.opened() != null) {
                visitor.accept(connection.opened());
            }
            if (connection.closing() != null) {
                visitor.accept(connection.closing());
            }
        }
    }

    /** All of them, the earliest first. */
    synchronized List<ClosedConnection> all() {
        return new ArrayList<>(oldestFirst);
    }
}
