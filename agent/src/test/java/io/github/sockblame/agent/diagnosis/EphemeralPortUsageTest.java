// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.kernel.net.LocalPorts;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.EphemeralPorts;
import io.github.sockblame.report.EphemeralPorts.PortsTo;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EphemeralPortUsageTest {

    @Test
    void theFullestComeFirstAndNotAll() {
        Map<Endpoint, Integer> inUse = new HashMap<>();
        for (int i = 1; i <= 40; i++) {
            inUse.put(new Endpoint("10.0.0." + i, 443), i);
        }
        EphemeralPorts ports = requireNonNull(EphemeralPortUsage.of(new LocalPorts(32768, 60999, inUse, true)));

        assertThat(ports.size()).isEqualTo(28_232);
        assertThat(ports.fullest()).hasSize(10);
        assertThat(ports.fullest().get(0)).isEqualTo(new PortsTo(new Endpoint("10.0.0.40", 443), 40));
        assertThat(ports.fullest()).extracting(PortsTo::taken).isSortedAccordingTo((a, b) -> b - a);
        assertThat(ports.complete()).isTrue();
    }

    @Test
    void unknownRangeGivesNoUsage() {
        assertThat(EphemeralPortUsage.of(LocalPorts.UNKNOWN)).isNull();
    }
}
