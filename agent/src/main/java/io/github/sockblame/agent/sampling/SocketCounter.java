// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import io.github.sockblame.agent.collection.Sums;
import io.github.sockblame.agent.kernel.DescriptorCounts;
import io.github.sockblame.agent.kernel.SocketStateReader;
import io.github.sockblame.agent.kernel.fd.SocketInodes;
import io.github.sockblame.agent.kernel.net.StateCounts;
import io.github.sockblame.agent.ledger.LedgerView;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Totals;
import java.util.EnumMap;
import java.util.Map;

/**
 * Counts the sockets of the process when there is no memory for a reading: one descriptor after the other, without any
 * object for a socket. The counts are the kernel's. No socket is judged.
 */
final class SocketCounter {

    private final LedgerView ledger;
    private final SocketStateReader states;

    SocketCounter(LedgerView ledger, SocketStateReader states) {
        this.ledger = ledger;
        this.states = states;
    }

    Totals count(DescriptorCounts descriptors) {
        SocketInodes sockets = descriptors.sockets();
        StateCounts byState = new StateCounts();
        Map<Protocol, Integer> byProtocol = new EnumMap<>(Protocol.class);
        int tracked = 0;
        int withState = 0;
        for (int i = 0; i < sockets.size(); i++) {
            int fd = sockets.fd(i);
            tracked += ledger.at(fd) == null ? 0 : 1;
            Protocol protocol = states.protocolOf(fd);
            TcpState state = protocol == null || protocol.mayBeTcp() ? states.stateOf(fd) : null;
            if (state != null) {
                byState.add(state);
                withState++;
                protocol = Protocol.TCP; // Multipath TCP has another number
            }
            Sums.add(byProtocol, protocol == null ? Protocol.OTHER : protocol, 1);
        }
        return new Totals(
                sockets.size(),
                tracked,
                sockets.size() - tracked,
                byState.toMap(),
                sockets.size() - withState,
                byProtocol,
                0,
                null);
    }
}
