// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import io.github.sockblame.agent.culprit.PackageSet;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.SocketEvent;
import io.github.sockblame.report.SocketRow;
import io.github.sockblame.report.Stack;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.net.Network;
import io.github.sockblame.report.option.FilterSyntax;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Selects some sockets: those of some code, on a port, or with a peer in a network. Exactly one of the three is set.
 */
final class ScopeFilter {

    private final @Nullable PackageSet code;
    private final @Nullable Network network;
    private final int port;

    private ScopeFilter(@Nullable PackageSet code, @Nullable Network network, int port) {
        this.code = code;
        this.network = network;
        this.port = port;
    }

    static ScopeFilter of(FilterSyntax.Filter filter) {
        String code = filter.code();
        return new ScopeFilter(code == null ? null : new PackageSet(List.of(code)), filter.network(), filter.port());
    }

    /** Returns whether this socket is selected. */
    boolean holds(SocketRow socket, List<Stack> stacks) {
        Endpoint local = socket.local();
        Endpoint remote = socket.remote();
        if (code != null) {
            return isIn(code, socket, SocketEvent.OPENED, stacks)
                    || isIn(code, socket, SocketEvent.LISTENER_OPENED, stacks)
                    || isIn(code, socket, socket.endEvent(), stacks)
                    || isIn(code, socket, SocketEvent.CLOSING, stacks);
        }
        if (network != null) {
            Endpoint peer = remote == null || hasNoPeer(socket, remote) ? local : remote;
            return peer != null && network.contains(peer.address());
        }
        return (local != null && local.port() == port) || (remote != null && remote.port() == port);
    }

    /** A listener and a UDP socket without a connect have no peer. */
    private static boolean hasNoPeer(SocketRow socket, Endpoint remote) {
        return socket.state() == TcpState.LISTEN || remote.port() == 0;
    }

    private static boolean isIn(PackageSet code, SocketRow socket, SocketEvent event, List<Stack> stacks) {
        if (socket.has(event)) {
            for (Frame frame : stacks.get(socket.stack(event)).frames()) {
                if (code.matches(frame.className())) {
                    return true;
                }
            }
        }
        return false;
    }
}
