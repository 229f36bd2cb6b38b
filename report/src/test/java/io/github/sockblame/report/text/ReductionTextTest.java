// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sockblame.report.AgentHealth;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Reduction;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.ReportDetail;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.Source;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Totals;
import io.github.sockblame.report.json.ReportFormatException;
import io.github.sockblame.report.json.ReportJson;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReductionTextTest {

    @Test
    void unjudgedReportNeverDeniesLeaks() {
        Report report = SampleReports.reduced();
        assertThat(report.hasVerdicts()).isFalse();
        assertThat(report.hasSockets()).isFalse();
        assertThat(LeaksText.of(report))
                .contains(
                        "reduced report: it has the kernel's counts only, and no socket is judged;"
                                + " the whole report needs about 12 MB of heap, 3.0 MB are free\n",
                        "sockets 18,000 = 17,990 tracked + 10 untracked | ESTAB 18,000\n",
                        "not judged: there was no memory to look for leaks\n")
                .doesNotContain("no leaks found");
        assertThat(StatusText.of(report, TextStyle.PLAIN))
                .contains("leaks not judged\n", "problems:\n  reduced report: ")
                .doesNotContain("all well");
        assertThat(LeaksText.notSeen(report)).anyMatch(line -> line.startsWith("reduced report: "));
        assertThat(Sentences.headline(report)).startsWith("not judged");
    }

    /** As under a filter of system calls that refuses getsockopt, without the tables of /proc/self/net. */
    @Test
    void reportWithoutStatesNeverDeniesLeaks() {
        Report blind = withoutStates(
                new Source("/proc/self/net/tcp", false, "absent"),
                new Source(Source.STATES, false, "Permission denied"));
        assertThat(blind.canDenyLeaks()).isFalse();
        assertThat(LeaksText.of(blind))
                .contains("not judged: the kernel refused the state of 3 sockets, which may be leaked connections\n")
                .doesNotContain("no leaks found");
        assertThat(StatusText.of(blind, TextStyle.PLAIN)).contains("leaks not judged\n");

        Report byTable = withoutStates(
                new Source("/proc/self/net/tcp", true, null), new Source(Source.STATES, false, "Permission denied"));
        assertThat(byTable.canDenyLeaks())
                .as("a connection that is over has no row")
                .isFalse();
    }

    @Test
    void tableAloneIsEnoughIfEachSocketHasARow() {
        Source[] sources = {
            new Source("/proc/self/net/tcp", true, null), new Source(Source.STATES, false, "Permission denied")
        };
        Report report = withoutStates(sources).toBuilder()
                .totals(new Totals(
                        3,
                        3,
                        0,
                        Map.of(TcpState.ESTABLISHED, 1),
                        2,
                        Map.of(Protocol.TCP, 1, Protocol.UDP, 1, Protocol.UNIX, 1),
                        0,
                        null))
                .build();
        assertThat(report.canDenyLeaks()).isTrue();
        assertThat(LeaksText.of(report)).contains("no leaks found");
    }

    @Test
    void reportWithLeaksNamesTheSocketsThatAreNotJudged() {
        Report rich = SampleReports.rich();
        Totals totals = rich.totals();
        Report report = rich.toBuilder()
                .totals(new Totals(
                        totals.sockets() + 8,
                        totals.tracked() + 8,
                        totals.untracked(),
                        totals.byState(),
                        totals.notTcp() + 8,
                        totals.byProtocol(),
                        totals.leaked(),
                        totals.untrackedDetail()))
                .agent(new AgentHealth(
                        List.of(),
                        List.of(new Source(Source.STATES, false, "Permission denied")),
                        0,
                        null,
                        0,
                        null,
                        null))
                .build();

        assertThat(report.hasLeaks()).isTrue();
        assertThat(LeaksText.of(report))
                .containsPattern("not all judged: the kernel refused the state of \\d+ sockets");
    }

    private static Report withoutStates(Source... sources) {
        return SampleReports.quiet()
                .totals(new Totals(3, 3, 0, Map.of(), 3, Map.of(Protocol.OTHER, 3), 0, null))
                .agent(new AgentHealth(List.of(), List.of(sources), 0, null, 0, null, null))
                .build();
    }

    @Test
    void summaryForLackOfMemoryIsJudged() {
        Report report = SampleReports.rich().withoutSockets().toBuilder()
                .reduction(new Reduction(ReportDetail.SUMMARY, 12_345_678, 512))
                .build();
        assertThat(report.hasVerdicts()).isTrue();
        assertThat(LeaksText.of(report))
                .contains(
                        "reduced report: the list of sockets is left out;"
                                + " the whole report needs about 12 MB of heap, 0.0 MB are free\n",
                        "FORGOTTEN");
    }

    @Test
    void reductionIsReadBack() throws Exception {
        Report report = SampleReports.reduced();
        assertThat(ReportJson.read(ReportJson.write(report))).isEqualTo(report);
    }

    @ParameterizedTest
    @CsvSource({"WHOLE, 1, 1", "TOTALS, -1, 1", "TOTALS, 1, -1"})
    void damagedReductionIsRefused(ReportDetail detail, long needed, long free) {
        Report report = SampleReports.reduced().toBuilder()
                .reduction(new Reduction(detail, needed, free))
                .build();
        assertThatThrownBy(() -> ReportJson.read(ReportJson.write(report)))
                .isInstanceOf(ReportFormatException.class)
                .hasMessageStartingWith("a damaged report");
    }

    @Test
    void sitesWithoutJudgementAreRefused() {
        Report report = SampleReports.rich().withoutSockets().toBuilder()
                .reduction(new Reduction(ReportDetail.TOTALS, 1, 1))
                .build();
        assertThatThrownBy(() -> ReportJson.read(ReportJson.write(report))).isInstanceOf(ReportFormatException.class);
    }
}
