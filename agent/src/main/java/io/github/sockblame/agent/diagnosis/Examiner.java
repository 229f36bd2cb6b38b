// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges the sockets of one reading: each one by itself, and then those that may be idle in a pool by their siblings. */
final class Examiner {

    private final ListenerReport listeners;
    private final PoolRule pools;
    private final GracePeriods gracePeriods;
    private final long nowMillis;

    Examiner(ListenerReport listeners, PoolRule pools, GracePeriods gracePeriods, long nowMillis) {
        this.listeners = listeners;
        this.pools = pools;
        this.gracePeriods = gracePeriods;
        this.nowMillis = nowMillis;
    }

    /** One judgement for each socket, in the same order. */
    List<Judgement> examine(List<JoinedSocket> sockets) {
        List<Judgement> judgements = new ArrayList<>(sockets.size());
        for (JoinedSocket socket : sockets) {
            Judgement judgement = judge(socket);
            judgements.add(judgement);
            pools.count(socket, judgement);
        }
        for (int i = 0; i < judgements.size(); i++) {
            judgements.set(i, pools.apply(sockets.get(i), judgements.get(i)));
        }
        return judgements;
    }

    private Judgement judge(JoinedSocket socket) {
        Judgement judgement = Judgement.of(socket, nowMillis, gracePeriods);
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
