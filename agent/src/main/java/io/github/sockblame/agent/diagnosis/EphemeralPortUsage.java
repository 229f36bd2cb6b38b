// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import io.github.sockblame.agent.kernel.net.LocalPorts;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.EphemeralPorts;
import io.github.sockblame.report.EphemeralPorts.PortsTo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the remote endpoints to which most local ports are taken. */
public final class EphemeralPortUsage {

    private static final int MAX_ENDPOINTS = 10;

    private EphemeralPortUsage() {}

    /** The ports of this reading; null if the range of ports is unknown. */
    public static @Nullable EphemeralPorts of(LocalPorts ports) {
        if (ports.first() < 0) {
            return null;
        }
        List<PortsTo> all = new ArrayList<>(ports.inUse().size());
        for (Map.Entry<Endpoint, Integer> entry : ports.inUse().entrySet()) {
            all.add(new PortsTo(entry.getKey(), entry.getValue()));
        }
        all.sort((a, b) -> Integer.compare(b.taken(), a.taken()));
        return new EphemeralPorts(
                ports.first(), ports.last(), all.subList(0, Math.min(MAX_ENDPOINTS, all.size())), ports.complete());
    }
}
