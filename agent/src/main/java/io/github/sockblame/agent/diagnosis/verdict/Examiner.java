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
    private final Waiting waiting;
    private final PoolRule pools;
    private final PlaceHistory places;

    /**
     * Begins without a socket.
     *
     * @param listeners the listeners of the reading
     * @param waiting decides for how long a state has lasted
     * @param culprits finds the frames of pools
     * @param closed what became of the closed connections of each place and remote address
     * @param placeCloseStats how late the closed connections of each place were closed
     */
    public Examiner(
            ListenerReport listeners,
            Waiting waiting,
            CulpritFinder culprits,
            ClosedSiblings closed,
            PlaceCloseStats placeCloseStats) {
        this.listeners = listeners;
        this.waiting = waiting;
        this.pools = new PoolRule(culprits, closed);
        this.places = new PlaceHistory(culprits, placeCloseStats);
    }

    /** Judges all sockets of the reading, once: one judgement for each, in the same order. */
    public List<Judgement> examine(List<JoinedSocket> sockets) {
        List<Judgement> judgements = new ArrayList<>(sockets.size());
        if (sockets.isEmpty()) {
            return judgements;
        }
        ConnectionRules rules = new ConnectionRules(sockets.get(0), waiting, places);
        for (JoinedSocket socket : sockets) {
            Judgement judgement = judge(socket, rules);
            judgements.add(judgement);
            pools.count(socket, judgement);
        }
        RelayRule relays = new RelayRule(waiting, sockets);
        for (int i = 0; i < judgements.size(); i++) {
            JoinedSocket socket = sockets.get(i);
            judgements.set(i, relays.apply(socket, pools.apply(socket, judgements.get(i))));
        }
        return judgements;
    }

    private Judgement judge(JoinedSocket socket, ConnectionRules rules) {
        Judgement judgement = Judgement.of(socket, waiting, rules);
        if (judgement.verdict() != Verdict.NONE || socket.state() != TcpState.LISTEN) {
            return judgement;
        }
        Judgement ofListener = judgeListener(listeners.at(socket.fd()));
        return ofListener == null ? judgement : ofListener;
    }

    private @Nullable Judgement judgeListener(@Nullable JoinedListener listener) {
        return listener == null ? null : UnacceptedRule.judge(listener, waiting);
    }
}
