// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.site;

import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Event;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.TcpState;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the common properties by which sockets are one site. */
final class SiteKeys {

    private final StackTable stacks;
    private final Set<Integer> listeningPorts = new HashSet<>();

    /**
     * Finds the ports on which the process listens.
     *
     * @param sockets every socket of the process
     * @param stacks has their stacks
     */
    SiteKeys(List<Socket> sockets, StackTable stacks) {
        this.stacks = stacks;
        for (Socket socket : sockets) {
            Endpoint local = socket.local();
            if (socket.state() == TcpState.LISTEN && local != null) {
                listeningPorts.add(local.port());
            }
        }
    }

    SiteKey keyOf(Socket socket) {
        return new SiteKey(
                socket.verdict(),
                culpritOf(socket.eofOrCloseNotify()),
                sourceOf(socket),
                culpritOf(socket.closing()),
                culpritOf(socket.listenerOpened()));
    }

    /**
     * A socket whose opening the agent missed is recognized by its local port: no program connects from a port on which
     * this process listens.
     */
    boolean isAccepted(Socket socket) {
        Endpoint local = socket.local();
        return socket.origin() == Origin.ACCEPTED
                || (socket.opened() == null && local != null && listeningPorts.contains(local.port()));
    }

    private @Nullable Object sourceOf(Socket socket) {
        Endpoint local = socket.local();
        Event opened = socket.opened();
        if (opened == null) {
            return local != null && isAccepted(socket) ? (Object) local.port() : socket.remote();
        }
        Object culprit = stacks.culpritOf(opened.stack());
        return isOpenedByLibrary(opened) && !isAccepted(socket)
                ? List.of(culprit, Optional.ofNullable(socket.remote()))
                : culprit;
    }

    /** If libraries connect in threads of their own, only the remote address shows the purpose. */
    private boolean isOpenedByLibrary(Event opened) {
        return stacks.all().get(opened.stack()).culprit() < 0;
    }

    private @Nullable Object culpritOf(@Nullable Event event) {
        return event == null ? null : stacks.culpritOf(event.stack());
    }
}
