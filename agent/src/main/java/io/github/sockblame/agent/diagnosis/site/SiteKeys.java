// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.site;

import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.SocketEvent;
import io.github.sockblame.report.SocketRow;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the common properties by which sockets are one site. */
final class SiteKeys {

    private final StackTable stacks;
    private final Map<Verdict, SiteKey> latest = new EnumMap<>(Verdict.class); // most sockets have it
    private final Set<Integer> listeningPorts = new HashSet<>();

    /**
     * Finds the ports on which the process listens.
     *
     * @param sockets every socket of the process
     * @param stacks has their stacks
     */
    SiteKeys(ReportRows sockets, StackTable stacks) {
        this.stacks = stacks;
        for (int i = 0; i < sockets.size(); i++) {
            ReportRow socket = sockets.row(i);
            Endpoint local = socket.local();
            if (socket.state() == TcpState.LISTEN && local != null) {
                listeningPorts.add(local.port());
            }
        }
    }

    SiteKey keyOf(SocketRow socket) {
        Verdict verdict = socket.verdict();
        boolean leak = verdict.isLeak(socket.confidence());
        Object eof = culpritOf(socket, socket.endEvent());
        Object opened = sourceOf(socket);
        Object closing = culpritOf(socket, SocketEvent.CLOSING);
        Object listener = culpritOf(socket, SocketEvent.LISTENER_OPENED);
        SiteKey known = latest.get(verdict);
        if (known != null && known.has(leak, eof, opened, closing, listener)) {
            return known;
        }
        SiteKey key = new SiteKey(verdict, leak, eof, opened, closing, listener);
        latest.put(verdict, key);
        return key;
    }

    /**
     * A socket whose opening the agent missed is recognized by its local port: no program connects from a port on which
     * this process listens.
     */
    boolean isAccepted(SocketRow socket) {
        Endpoint local = socket.local();
        return socket.origin() == Origin.ACCEPTED
                || (!socket.has(SocketEvent.OPENED) && local != null && listeningPorts.contains(local.port()));
    }

    private @Nullable Object sourceOf(SocketRow socket) {
        Endpoint local = socket.local();
        if (!socket.has(SocketEvent.OPENED)) {
            return local != null && isAccepted(socket) ? (Object) local.port() : socket.remote();
        }
        int opened = socket.stack(SocketEvent.OPENED);
        Object culprit = stacks.culpritOf(opened);
        if (!isOpenedByLibrary(opened)) {
            return culprit;
        }
        if (!isAccepted(socket)) {
            return List.of(culprit, Optional.ofNullable(socket.remote()));
        }
        // the listener distinguishes them, by the code that opened it or else by its port
        return local == null || socket.has(SocketEvent.LISTENER_OPENED) ? culprit : List.of(culprit, local.port());
    }

    /** If libraries connect in threads of their own, only the remote address shows the purpose. */
    private boolean isOpenedByLibrary(int stack) {
        return stacks.all().get(stack).culprit() < 0;
    }

    private @Nullable Object culpritOf(SocketRow socket, SocketEvent event) {
        return socket.has(event) ? stacks.culpritOf(socket.stack(event)) : null;
    }
}
