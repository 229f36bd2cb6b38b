// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Endpoint;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectOutcomeTest {

    /** The sizes and retransmits are those of Linux 6.18 over loopback, with and without TCP timestamps. */
    @ParameterizedTest
    @CsvSource({
        "524, 0, 127.0.0.1, REFUSED",
        "536, 0, 127.0.0.1, REFUSED",
        "524, 2, 127.0.0.1, UNANSWERED",
        "537, 0, 127.0.0.1, ESTABLISHED",
        "32741, 0, 127.0.0.1, ESTABLISHED",
        "1448, 3, 10.0.0.1, ESTABLISHED",
        "1208, 0, ::1, REFUSED",
        "1220, 0, ::1, REFUSED",
        "1208, 2, ::1, UNANSWERED",
        "1221, 0, ::1, ESTABLISHED",
        "1208, 0, 10.0.0.1, ESTABLISHED",
    })
    void segmentSizeShowsWhetherAPeerAnswered(
            long segmentSize, int retransmits, String remote, ConnectOutcome outcome) {
        assertThat(ConnectOutcome.of(segmentSize, retransmits, new Endpoint(remote, 80)))
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 0, 127.0.0.1", //
        "524, -1, 127.0.0.1",
        "1208, 0,",
    })
    void missingFigureLeavesItUnknown(long segmentSize, int retransmits, @Nullable String remote) {
        assertThat(ConnectOutcome.of(segmentSize, retransmits, remote == null ? null : new Endpoint(remote, 80)))
                .isEqualTo(ConnectOutcome.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({"524, REFUSED", "1448, ESTABLISHED"})
    void sizeBeyondBothFamiliesNeedsNoAddress(long segmentSize, ConnectOutcome outcome) {
        assertThat(ConnectOutcome.of(segmentSize, 0, null)).isEqualTo(outcome);
    }
}
