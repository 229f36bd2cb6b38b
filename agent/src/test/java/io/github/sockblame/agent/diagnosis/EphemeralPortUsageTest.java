// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.join.JoinFixtures;
import io.github.sockblame.agent.join.JoinedSocket;
import io.github.sockblame.agent.kernel.net.LocalPorts;
import io.github.sockblame.report.AfterClose;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.EphemeralPorts;
import io.github.sockblame.report.EphemeralPorts.PortsTo;
import io.github.sockblame.report.TcpState;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EphemeralPortUsageTest {

    @Test
    void theFullestComeFirstAndNotAll() {
        Map<Endpoint, Integer> inUse = new HashMap<>();
        for (int i = 1; i <= 40; i++) {
            inUse.put(new Endpoint("10.0.0." + i, 443), i);
        }
        EphemeralPorts ports =
                requireNonNull(EphemeralPortUsage.of(new LocalPorts(32768, 60999, inUse, true), List.of(), null));

        assertThat(ports.size()).isEqualTo(28_232);
        assertThat(ports.fullest()).hasSize(10);
        assertThat(ports.fullest().get(0)).isEqualTo(new PortsTo(new Endpoint("10.0.0.40", 443), 40, 0));
        assertThat(ports.fullest()).extracting(PortsTo::taken).isSortedAccordingTo((a, b) -> b - a);
        assertThat(ports.complete()).isTrue();
    }

    @Test
    void theShareOfTheProgramIsCounted() {
        Endpoint own = new Endpoint("10.0.0.1", 443);
        Endpoint closed = new Endpoint("10.0.0.2", 443);
        Endpoint foreign = new Endpoint("10.0.0.3", 443);
        List<JoinedSocket> sockets = List.of(to(own, 7), to(own, 8), to(new Endpoint("10.0.0.9", 443), 9));
        AfterClose afterClose =
                new AfterClose(Map.of(), Map.of(), true, List.of(closedTo(closed, 30), closedTo(own, 5)), 2);

        EphemeralPorts ports = requireNonNull(EphemeralPortUsage.of(
                new LocalPorts(1, 9, Map.of(own, 900, closed, 800, foreign, 700), true), sockets, afterClose));

        assertThat(ports.fullest())
                .containsExactly(new PortsTo(own, 900, 7), new PortsTo(closed, 800, 30), new PortsTo(foreign, 700, 0));
    }

    private static JoinedSocket to(Endpoint remote, int fd) {
        return JoinFixtures.udp(fd, remote);
    }

    private static AfterClose.ClosedSite closedTo(Endpoint remote, int count) {
        return new AfterClose.ClosedSite(
                remote,
                null,
                count,
                Map.of(TcpState.TIME_WAIT, count),
                0,
                false,
                Instant.ofEpochMilli(JoinFixtures.NOW),
                0,
                null,
                null,
                null,
                null);
    }

    @Test
    void unknownRangeGivesNoUsage() {
        assertThat(EphemeralPortUsage.of(LocalPorts.UNKNOWN, List.of(), null)).isNull();
    }
}
