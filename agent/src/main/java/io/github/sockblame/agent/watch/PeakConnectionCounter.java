// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

import io.github.sockblame.agent.diagnosis.PeakConnections;
import io.github.sockblame.agent.ledger.CallStack;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.TcpState;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers of each opening stack how many of its connections were established at once, for as long as any of them is open. Told in rounds,
 * like {@link StateHistory}; what is younger than a round is not told.
 */
final class PeakConnectionCounter implements PeakConnections {

    private final Map<CallStack, Count> counts = new HashMap<>();

    /** Of one opening stack; changed in place, for every socket comes here in every round. */
    private static final class Count {
        int most;
        int now;
        boolean met;
    }

    /** One socket of this round. */
    synchronized void count(TrackedSocket socket, @Nullable TcpState state) {
        CallStack opening = socket.openingStack();
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

    /** All sockets of the round have been told; stacks without any are forgotten. */
    synchronized void endRound() {
        for (Iterator<Count> all = counts.values().iterator(); all.hasNext(); ) {
            Count count = all.next();
            if (!count.met) {
                all.remove();
            }
            count.most = Math.max(count.most, count.now);
            count.now = 0;
            count.met = false;
        }
    }

    @Override
    public synchronized int mostEstablished(CallStack opening) {
        Count count = counts.get(opening);
        return count == null ? 0 : count.most;
    }
}
