// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.AfterClose;
import io.github.sockblame.report.AfterClose.ClosedSite;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.EphemeralPorts;
import io.github.sockblame.report.EphemeralPorts.PortsTo;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.Stack;
import io.github.sockblame.report.TcpState;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AfterCloseTextTest {

    private static final Endpoint REDIS = new Endpoint("10.0.0.7", 6379);

    @Test
    void closedSiteIsOneParagraphAfterSites() {
        String text = text(report(SampleReports.timeWait(31_204)).ephemeralPorts(ports(27_104)));

        assertThat(text)
                .contains("untracked\n\n"
                        + "AFTER CLOSE   about 31,204 TIME-WAIT to 10.0.0.7:6379   oldest closed 59s ago\n"
                        + "     opened at:\n"
                        + "       " + culprit(SampleReports.CONNECT) + "\n"
                        + "     closed at:\n"
                        + "       " + culprit(SampleReports.EOF) + "\n"
                        + "     closed about 520 a second in the last 10s; median lifetime 3ms; now open from"
                        + " this place: none\n"
                        + "     about 3 of them by address only: another program may have used the port"
                        + " since then\n\n"
                        + "12 TIME-WAIT more in this network namespace: from other programs, or from closes that the agent did not see\n"
                        + "TIME-WAIT is not a leak: the side that closes first keeps it for one minute, with the local port and no"
                        + " descriptor\n"
                        + "local ports taken towards 10.0.0.7:6379: 27,104 of 28,232 (96 %), by all programs of this network"
                        + " namespace; at 100 % connect fails (EADDRNOTAVAIL), unless tcp_tw_reuse allows a port in"
                        + " TIME-WAIT\n");
    }

    @Test
    void closingCulpritIsBoldForeignRowsAreFaint() {
        Report report = report(SampleReports.timeWait(31_204)).build();

        assertThat(LeaksText.of(report, new TextStyle(true, TextStyle.UNLIMITED, ZoneOffset.UTC)))
                .contains("     closed at:\n       \u001b[1m" + culprit(SampleReports.EOF) + "\u001b[0m\n")
                .contains("\n\u001b[2m12 TIME-WAIT more in this network namespace: from other programs, or from closes"
                        + " that the agent did not see\u001b[0m\n\u001b[2mTIME-WAIT is not a leak: the side that closes first keeps it for"
                        + " one minute, with the local port and no descriptor\u001b[0m\n");
    }

    @Test
    void missingFactsAreNamed() {
        assertThat(text(report(SampleReports.accepted(100)))).contains("""
                        AFTER CLOSE   100 FIN-WAIT-2 of connections accepted on port 8080   oldest closed 20s ago
                             accepted at:
                               not seen
                             closed at:
                               not seen
                             none closed in the last 10s

                        """);
    }

    @Test
    void fewRowsAreNotWorthAWord() {
        assertThat(text(report(SampleReports.timeWait(99)).ephemeralPorts(ports(99))))
                .doesNotContain("AFTER CLOSE")
                .doesNotContain("TIME-WAIT")
                .doesNotContain("local ports");
    }

    @Test
    void fewRowsAreWhereThePortsAreScarce() {
        assertThat(text(report(SampleReports.timeWait(99))
                        .ephemeralPorts(
                                new EphemeralPorts(40_000, 40_127, List.of(new PortsTo(REDIS, 99, null)), false))))
                .contains("AFTER CLOSE   about 99 TIME-WAIT")
                .contains("local ports taken towards 10.0.0.7:6379: at least 99 of 128 (77 %)");
    }

    @Test
    void portsAreShownFromATenthOfTheRangeOn() {
        assertThat(text(SampleReports.quiet().ephemeralPorts(ports(2824))))
                .contains("local ports taken towards 10.0.0.7:6379: 2,824 of 28,232 (10 %)");
        assertThat(text(SampleReports.quiet().ephemeralPorts(ports(2823)))).doesNotContain("local ports");
    }

    @Test
    void portsThatOnlyOtherProgramsTakeAreNotShown() {
        assertThat(text(SampleReports.quiet().ephemeralPorts(ports(9000, 1)))).contains("local ports");
        assertThat(text(SampleReports.quiet().ephemeralPorts(ports(9000, 0)))).doesNotContain("local ports");
    }

    @Test
    void itIsNoLeak() {
        assertThat(report(SampleReports.timeWait(31_204)).build().hasLeaks()).isFalse();
    }

    @Test
    void olderReportOmitsAfterClose() {
        assertThat(text(SampleReports.quiet())).doesNotContain("AFTER").doesNotContain("ports");
    }

    private static SampleReports report(ClosedSite site) {
        return SampleReports.quiet()
                .afterClose(new AfterClose(
                        Map.of(TcpState.TIME_WAIT, site.count() + 12),
                        Map.of(TcpState.TIME_WAIT, 12),
                        true,
                        List.of(site),
                        1));
    }

    /** As in a report of an older agent. */
    private static EphemeralPorts ports(int taken) {
        return ports(taken, null);
    }

    private static EphemeralPorts ports(int taken, @Nullable Integer byProgram) {
        return new EphemeralPorts(32_768, 60_999, List.of(new PortsTo(REDIS, taken, byProgram)), true);
    }

    private static String culprit(Stack stack) {
        return requireNonNull(stack.culpritFrame()).text();
    }

    private static String text(SampleReports report) {
        Report built = report.build();
        return LeaksText.of(built);
    }
}
