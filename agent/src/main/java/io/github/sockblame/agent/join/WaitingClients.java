// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.join;

import io.github.sockblame.agent.collection.Sums;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.TcpState;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/**
 * Finds the accept queue in which a connection waits, as the kernel does: at the listener on its very address, or else
 * at the one for any address.
 */
final class WaitingClients {

    private static final String ANY_IPV4 = "0.0.0.0";
    private static final String ANY_IPV6 = "::";

    private WaitingClients() {}

    /**
     * Connections that wait at this listener or at a sibling on the same address, by state.
     *
     * @param all the addresses of all listeners of the namespace
     * @param waiting the waiting connections, by local address and state
     */
    static Map<TcpState, Integer> of(
            Endpoint listener, Collection<Endpoint> all, Map<Endpoint, Map<TcpState, Integer>> waiting) {
        Map<TcpState, Integer> sums = new EnumMap<>(TcpState.class);
        for (Map.Entry<Endpoint, Map<TcpState, Integer>> entry : waiting.entrySet()) {
            if (waitsAt(listener, entry.getKey(), all)) {
                for (Map.Entry<TcpState, Integer> count : entry.getValue().entrySet()) {
                    Sums.add(sums, count.getKey(), count.getValue());
                }
            }
        }
        return sums;
    }

    private static boolean waitsAt(Endpoint listener, Endpoint connection, Collection<Endpoint> all) {
        if (listener.port() != connection.port() || listener.equals(connection)) {
            return listener.equals(connection);
        }
        if (all.contains(connection)) {
            return false; // another listener has that very address
        }
        boolean ipv6 = connection.address().indexOf(':') >= 0;
        if (listener.address().equals(ANY_IPV4)) {
            return !ipv6;
        }
        // a listener for any IPv6 address serves IPv4 as well, unless another one does
        return listener.address().equals(ANY_IPV6) && (ipv6 || !all.contains(new Endpoint(ANY_IPV4, listener.port())));
    }
}
