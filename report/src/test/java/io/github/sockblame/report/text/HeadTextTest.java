// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.FileDescriptors;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Totals;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The lines above the sites: the answer, the program, its sums, what was late. */
class HeadTextTest {

    @Test
    void beginsWithTheProgramAndTheSums() {
        Report report = SampleReports.quiet()
                .fileDescriptors(new FileDescriptors(19_871, 20_000))
                .totals(new Totals(
                        19_412,
                        19_398,
                        14,
                        Map.of(
                                TcpState.CLOSE_WAIT, 100,
                                TcpState.ESTABLISHED, 19_171,
                                TcpState.LISTEN, 3,
                                TcpState.CLOSE, 138),
                        16,
                        Map.of(Protocol.TCP, 19_396, Protocol.UDP, 12, Protocol.UNIX, 3, Protocol.OTHER, 1),
                        100,
                        null))
                .build();

        assertThat(LeaksText.of(report).lines())
                .startsWith(
                        "100 leaked connections, and this report has no site for them",
                        "shop.jar (pid 4242)  up 6h12m  fds 19,871 of 20,000 (99 %)",
                        "sockets 19,412 = 19,398 tracked + 14 untracked | CLOSE-WAIT 100  ESTAB 19,171"
                                + "  UNCONN 138 (no row in ss)  LISTEN 3  UDP 12  Unix 3  other 1",
                        "");
    }

    @Test
    void headMarksRedactedReport() {
        assertThat(LeaksText.of(SampleReports.quiet().redacted(true).build()).lines())
                .contains("redacted: each host-N replaces one address; the ports are real");
        assertThat(LeaksText.of(SampleReports.quiet().redacted(false).build())).doesNotContain("redacted");
        assertThat(LeaksText.of(SampleReports.quiet().redacted(null).build())).doesNotContain("redacted");
    }

    @Test
    void leavesNoSocketOutOfTheSums() {
        assertThat(sums(1, Map.of(Protocol.TCP, 2)))
                .as("its protocol is known, and the kernel did not tell its state")
                .endsWith(" | LISTEN 1  TCP in unknown state 1");
        assertThat(sums(1, null))
                .as("of a report that does not tell them apart")
                .endsWith(" | LISTEN 1  not TCP 1");
        assertThat(sums(0, Map.of(Protocol.TCP, 1))).endsWith(" | LISTEN 1");
    }

    @Test
    void headMarksUnknownDescriptors() {
        assertThat(head(new FileDescriptors(-1, 20_000))).endsWith("  fds unknown");
        assertThat(head(new FileDescriptors(40, -1))).endsWith("  fds 40");
    }

    @Test
    void headShowsTimeOfAttach() {
        Report report = SampleReports.quiet()
                .program(SampleReports.program("shop.jar", true))
                .build();

        assertThat(LeaksText.of(report)).contains("\nattached 11m ago: sockets opened earlier have no opening stack\n");
    }

    private static String sums(int notTcp, @Nullable Map<Protocol, Integer> byProtocol) {
        Totals totals = new Totals(1 + notTcp, 0, 0, Map.of(TcpState.LISTEN, 1), notTcp, byProtocol, 0, null);
        return LeaksText.of(SampleReports.quiet().totals(totals).build())
                .lines()
                .skip(2)
                .findFirst()
                .orElseThrow();
    }

    private static String head(FileDescriptors fds) {
        return LeaksText.of(SampleReports.quiet().fileDescriptors(fds).build())
                .lines()
                .skip(1)
                .findFirst()
                .orElseThrow();
    }
}
