// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import static io.github.sockblame.agent.join.JoinFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.join.JoinFixtures;
import io.github.sockblame.agent.ledger.SampleSocket;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportScopeTest {

    /** From 10.0.0.1:40000 to 10.2.3.4:443, opened by one class, told of the end in another. */
    private static final TrackedSocket SOCKET = SampleSocket.of(
            7,
            JoinFixtures.witness(NOW - 60_000, "com.acme.pay.Client.connect:41", "com.acme.Shop.main:3"),
            null,
            JoinFixtures.witness(NOW - 50_000, "org.parser.Reader.read:9"),
            null);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.acme.pay",
                "com.acme",
                "com.acme.pay.Client",
                "com.acme.Shop",
                "org.parser",
                ":443",
                ":40000",
                "10.2.3.4",
                "10.0.0.0/8",
                "10.2.3.4/31",
                "0.0.0.0/0",
                "org.other;:443"
            })
    void matchingFilterExcludesOrIncludesSocket(String filter) {
        Diagnosis without = examine(ReportScope.ALL.excluding(filter));

        assertThat(without.sites()).isEmpty();
        assertThat(without.excludedSockets()).isEqualTo(1);
        assertThat(without.totals()).isEqualTo(examine(ReportScope.ALL).totals());
        assertThat(without.totals().leaked()).isEqualTo(1);
        assertThat(without.sockets()).extracting(Socket::site).containsExactly((Integer) null);
        assertThat(examine(ReportScope.ALL.including(filter))).isEqualTo(examine(ReportScope.ALL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.acme.pa",
                "com.acme.pay.Cli",
                "acme",
                ":80",
                ":4430",
                "10.2.3.5",
                "10.0.0.1",
                "11.0.0.0/8",
                "::/0",
                "2001:db8::/32"
            })
    void otherFilterKeepsDiagnosis(String filter) {
        assertThat(examine(ReportScope.ALL.excluding(filter))).isEqualTo(examine(ReportScope.ALL));
        assertThat(examine(ReportScope.ALL.including(filter)).excludedSockets()).isEqualTo(1);
    }

    @Test
    void excludeFilterOverridesIncludeFilter() {
        ReportScope reportScope = ReportScope.ALL.including("com.acme");

        assertThat(examine(reportScope.excluding(":443")).excludedSockets()).isEqualTo(1);
        assertThat(examine(reportScope.excluding(":80")).sites()).hasSize(1);
    }

    private static Diagnosis examine(ReportScope reportScope) {
        return SampleInput.of(List.of(JoinFixtures.closeWait(SOCKET, 0L)))
                .grace(Duration.ofSeconds(1))
                .reportScope(reportScope)
                .diagnose();
    }
}
