// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import io.github.sockblame.agent.kernel.net.StateCounts;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.SocketRow;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Totals;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts the sockets of a report. */
final class TotalsCounter {

    private TotalsCounter() {}

    static Totals count(List<? extends SocketRow> sockets) {
        int tracked = 0;
        int notTcp = 0;
        int leaked = 0;
        int unseenInCloseWait = 0;
        Map<Origin, Integer> unseen = new EnumMap<>(Origin.class);
        StateCounts byState = new StateCounts();
        Map<Protocol, int[]> byProtocol = new EnumMap<>(Protocol.class); // counts without an Integer for each socket
        for (SocketRow socket : sockets) {
            Origin origin = socket.origin();
            if (origin.isTracked()) {
                tracked++;
            } else {
                unseen.merge(origin, 1, Integer::sum);
                unseenInCloseWait += origin != Origin.DUPLICATE && socket.state() == TcpState.CLOSE_WAIT ? 1 : 0;
            }
            leaked += socket.verdict().isLeak(socket.confidence()) ? 1 : 0;
            byProtocol.computeIfAbsent(socket.protocol(), protocol -> new int[1])[0]++;
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
                toMap(byProtocol),
                leaked,
                new Totals.UntrackedDetail(unseen, unseenInCloseWait));
    }

    private static Map<Protocol, Integer> toMap(Map<Protocol, int[]> byProtocol) {
        Map<Protocol, Integer> counts = new EnumMap<>(Protocol.class);
        byProtocol.forEach((protocol, count) -> counts.put(protocol, count[0]));
        return counts;
    }
}
