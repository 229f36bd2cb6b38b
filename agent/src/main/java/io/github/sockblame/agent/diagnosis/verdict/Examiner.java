// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.verdict;

import io.github.sockblame.agent.culprit.CulpritFinder;
import io.github.sockblame.agent.join.JoinedListener;
import io.github.sockblame.agent.join.JoinedSocket;
import io.github.sockblame.agent.join.ListenerReport;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges the sockets of one reading: each one by itself, and then those that may be idle in a pool by their siblings. */
public final class Examiner {

    private final ListenerReport listeners;
    private final GracePeriods gracePeriods;
    private final PoolRule pools;
    private final long nowMillis;

    /**
     * Begins without a socket.
     *
     * @param listeners the listeners of the reading
     * @param gracePeriods time limits after which a state counts as a problem
     * @param culprits finds the frames of pools
     * @param peakConnections figures of earlier rounds on the connections of each opening stack
     * @param nowMillis the moment of the reading, in milliseconds since the epoch
     */
    public Examiner(
            ListenerReport listeners,
            GracePeriods gracePeriods,
            CulpritFinder culprits,
            PeakConnections peakConnections,
            long nowMillis) {
        this.listeners = listeners;
        this.gracePeriods = gracePeriods;
        this.pools = new PoolRule(culprits, peakConnections);
        this.nowMillis = nowMillis;
    }

    /** Judges all sockets of the reading, once: one judgement for each, in the same order. */
    public List<Judgement> examine(List<JoinedSocket> sockets) {
        List<Judgement> judgements = new ArrayList<>(sockets.size());
        if (sockets.isEmpty()) {
            return judgements;
        }
        ConnectionRules rules = new ConnectionRules(sockets.get(0), nowMillis, gracePeriods);
        for (JoinedSocket socket : sockets) {
            Judgement judgement = judge(socket, rules);
            judgements.add(judgement);
            pools.count(socket, judgement);
        }
        for (int i = 0; i < judgements.size(); i++) {
            judgements.set(i, pools.apply(sockets.get(i), judgements.get(i)));
        }
        return judgements;
    }

    private Judgement judge(JoinedSocket socket, ConnectionRules rules) {
        Judgement judgement = Judgement.of(socket, nowMillis, gracePeriods, rules);
        if (judgement.verdict() != Verdict.NONE || socket.state() != TcpState.LISTEN) {
            return judgement;
        }
        Judgement ofListener = judgeListener(listeners.at(socket.fd()));
        return ofListener == null ? judgement : ofListener;
    }

    private @Nullable Judgement judgeListener(@Nullable JoinedListener listener) {
        return listener == null ? null : UnacceptedRule.judge(listener, nowMillis, gracePeriods.graceMillis());
    }
}
