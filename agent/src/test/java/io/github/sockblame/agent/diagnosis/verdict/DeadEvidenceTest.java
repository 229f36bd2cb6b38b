// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.join.ConnectOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadEvidenceTest {

    @Test
    void resetConnectionWasAConnection() {
        assertThat(DeadEvidence.of(List.of(ConnectOutcome.ESTABLISHED)))
                .singleElement()
                .asString()
                .startsWith("evidence: there was a connection, and the kernel")
                .contains("reset, or closed on both sides")
                .doesNotContain("connect that");
    }

    @Test
    void failedConnectIsNeverCalledAConnection() {
        assertThat(DeadEvidence.of(List.of(ConnectOutcome.REFUSED, ConnectOutcome.REFUSED)))
                .singleElement()
                .asString()
                .startsWith("evidence: the connect was refused, and there was never a connection")
                .doesNotContain("reset")
                .doesNotContain("timed out");
        assertThat(DeadEvidence.of(List.of(ConnectOutcome.UNANSWERED)))
                .singleElement()
                .asString()
                .startsWith("evidence: the connect timed out, or was refused late, and there was never a connection")
                .doesNotContain("reset");
    }

    @Test
    void unknownOutcomeIsCalledBoth() {
        assertThat(DeadEvidence.of(List.of(ConnectOutcome.UNKNOWN)))
                .containsExactly(
                        "evidence: there was a connection, or a connect that was refused or timed out, and the kernel"
                                + " has the descriptor in state CLOSE, without a row; no read was seen to return -1");
    }

    @Test
    void mixedSiteCountsEachOutcome() {
        assertThat(DeadEvidence.of(List.of(ConnectOutcome.REFUSED, ConnectOutcome.ESTABLISHED, ConnectOutcome.REFUSED)))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("evidence: of 1 of them: there was a connection"),
                        line -> assertThat(line).startsWith("evidence: of 2 of them: the connect was refused"));
    }
}
