// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

import io.github.sockblame.agent.diagnosis.Siblings;
import io.github.sockblame.agent.ledger.CallStack;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.TcpState;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers of each opening stack how many of its connections were established at once, for as long as any of them is open. Told in rounds,
 * like {@link StateHistory}; what is younger than a round is not told.
 */
final class SiblingCounts implements Siblings {

    private Map<CallStack, Integer> most = new HashMap<>();
    private Map<CallStack, Integer> now = new HashMap<>();

    /** One socket of this round. */
    synchronized void count(TrackedSocket socket, @Nullable TcpState state) {
        CallStack opening = socket.openingStack();
        if (opening != null) {
            now.merge(opening, state == TcpState.ESTABLISHED ? 1 : 0, Integer::sum);
        }
    }

    /** All sockets of the round have been told; stacks without any are forgotten. */
    synchronized void endRound() {
        now.replaceAll((opening, established) -> Math.max(established, most.getOrDefault(opening, 0)));
        most = now;
        now = new HashMap<>();
    }

    @Override
    public synchronized int mostEstablished(CallStack opening) {
        return most.getOrDefault(opening, 0);
    }
}
