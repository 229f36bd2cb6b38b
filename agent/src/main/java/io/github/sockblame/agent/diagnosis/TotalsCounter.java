// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import io.github.sockblame.agent.kernel.net.StateCounts;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Totals;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts the sockets of a report. */
final class TotalsCounter {

    private TotalsCounter() {}

    static Totals count(List<Socket> sockets) {
        int tracked = 0;
        int notTcp = 0;
        int leaked = 0;
        int unseenInCloseWait = 0;
        Map<Origin, Integer> unseen = new EnumMap<>(Origin.class);
        StateCounts byState = new StateCounts();
        Map<Protocol, Integer> byProtocol = new EnumMap<>(Protocol.class);
        for (Socket socket : sockets) {
            Origin origin = socket.origin();
            if (origin.isTracked()) {
                tracked++;
            } else {
                unseen.merge(origin, 1, Integer::sum);
                unseenInCloseWait += origin != Origin.DUPLICATE && socket.state() == TcpState.CLOSE_WAIT ? 1 : 0;
            }
            leaked += socket.verdict().isLeak() ? 1 : 0;
            byProtocol.merge(socket.protocol(), 1, Integer::sum);
            TcpState state = socket.state();
            if (state == null) {
                notTcp++;
            } else {
                byState.add(state);
            }
        }
        return new Totals(
                sockets.size(),
                tracked,
                sockets.size() - tracked,
                byState.toMap(),
                notTcp,
                byProtocol,
                leaked,
                new Totals.UntrackedDetail(unseen, unseenInCloseWait));
    }
}
