// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.join;

import static java.util.Objects.requireNonNull;

import io.github.sockblame.report.TcpState;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One listening TCP socket, with the data of ledger and kernel.
 *
 * @param socket the socket
 * @param limit connections that its accept queue holds, or one less than that; null if unknown
 * @param waiting the connections that wait on its address, by state; null if unknown
 * @param siblings others that listen on the same address and port; null if unknown
 * @param pressure for how long its queue has been full
 * @param acceptor the latest acceptor; null if the agent did not check
 */
public record JoinedListener(
        JoinedSocket socket,
        @Nullable Integer limit,
        @Nullable Map<TcpState, Integer> waiting,
        @Nullable Integer siblings,
        AcceptQueuePressure pressure,
        @Nullable AcceptorThread acceptor) {

    public JoinedListener {
        requireNonNull(socket, "socket");
        requireNonNull(pressure, "pressure");
    }

    /** Returns whether there are clients in its queue that have given up. */
    public boolean hasDepartedClients() {
        return waiting != null && waiting.containsKey(TcpState.CLOSE_WAIT);
    }

    /** The same listener with values that are read after the join. */
    public JoinedListener withLiveValues(AcceptQueuePressure newPressure, @Nullable AcceptorThread newAcceptor) {
        return new JoinedListener(socket, limit, waiting, siblings, newPressure, newAcceptor);
    }
}
