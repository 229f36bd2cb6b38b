// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import io.github.sockblame.agent.join.JoinedSocket;
import io.github.sockblame.agent.kernel.net.LocalPorts;
import io.github.sockblame.report.AfterClose;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.EphemeralPorts;
import io.github.sockblame.report.EphemeralPorts.PortsTo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the remote endpoints to which most local ports are taken, and the share of the watched program. */
public final class EphemeralPortUsage {

    private static final int MAX_ENDPOINTS = 10;

    private EphemeralPortUsage() {}

    /** The ports of this reading; null if the range of ports is unknown. */
    public static @Nullable EphemeralPorts of(
            LocalPorts ports, List<JoinedSocket> sockets, @Nullable AfterClose afterClose) {
        if (ports.first() < 0) {
            return null;
        }
        List<Map.Entry<Endpoint, Integer>> all = new ArrayList<>(ports.inUse().entrySet());
        all.sort(Map.Entry.<Endpoint, Integer>comparingByValue().reversed());
        List<Map.Entry<Endpoint, Integer>> fullest = all.subList(0, Math.min(MAX_ENDPOINTS, all.size()));
        Map<Endpoint, Integer> byProgram = new HashMap<>();
        fullest.forEach(entry -> byProgram.put(entry.getKey(), 0));
        addProgram(byProgram, sockets, afterClose);
        return new EphemeralPorts(
                ports.first(),
                ports.last(),
                fullest.stream()
                        .map(entry -> new PortsTo(entry.getKey(), entry.getValue(), byProgram.get(entry.getKey())))
                        .toList(),
                ports.complete());
    }

    /** Adds the connections of the watched program to the counts of the endpoints that have one. */
    private static void addProgram(
            Map<Endpoint, Integer> byProgram, List<JoinedSocket> sockets, @Nullable AfterClose afterClose) {
        for (JoinedSocket socket : sockets) {
            add(byProgram, socket.remote(), 1);
        }
        for (AfterClose.ClosedSite site : afterClose == null ? List.<AfterClose.ClosedSite>of() : afterClose.sites()) {
            add(byProgram, site.remote(), site.count());
        }
    }

    private static void add(Map<Endpoint, Integer> byProgram, @Nullable Endpoint remote, int count) {
        if (remote != null) {
            byProgram.computeIfPresent(remote, (unused, before) -> before + count);
        }
    }
}
