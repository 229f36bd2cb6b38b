// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import io.github.sockblame.agent.capture.CallStack;
import io.github.sockblame.agent.diagnosis.verdict.PeakConnections;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.TcpState;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records for each opening stack how many of its connections were established at once, while any of them is open. It
 * receives the sockets in rounds, like {@link StateHistory}, and misses those that live for less than a round.
 */
final class PeakConnectionCounter implements RoundObserver {

    private final Map<CallStack, Count> counts = new HashMap<>();

    /** The figures of one opening stack. They change in place, because every socket comes here in every round. */
    private static final class Count {
        int most;
        int now;
        boolean met;
    }

    @Override
    public synchronized void beginRound() {
        for (Count count : counts.values()) {
            count.now = 0;
            count.met = false;
        }
    }

    @Override
    public synchronized void observe(@Nullable TrackedSocket socket, @Nullable TcpState state, long suspectMillis) {
        CallStack opening = socket == null ? null : socket.openingStack();
        if (opening != null) {
            Count count = counts.get(opening);
            if (count == null) {
                count = new Count();
                counts.put(opening, count);
            }
            count.met = true;
            count.now += state == TcpState.ESTABLISHED ? 1 : 0;
        }
    }

    /** Drops the stacks without a socket in this round. */
    @Override
    public synchronized void endRound(long nowMillis) {
        for (Iterator<Count> all = counts.values().iterator(); all.hasNext(); ) {
            Count count = all.next();
            if (!count.met) {
                all.remove();
            }
            count.most = Math.max(count.most, count.now);
        }
    }

    /** The present figures. */
    synchronized PeakConnections snapshot() {
        Map<CallStack, Integer> byOpening = new HashMap<>();
        for (Map.Entry<CallStack, Count> entry : counts.entrySet()) {
            byOpening.put(entry.getKey(), entry.getValue().most);
        }
        return new PeakConnections(byOpening);
    }
}
