// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.AgentHealth;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.SampleSite;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Source;
import io.github.sockblame.report.Stack;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Totals;
import io.github.sockblame.report.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The first line of the text. */
class HeadlineTest {

    private static final Endpoint PAY = new Endpoint("10.2.3.4", 443);

    @Test
    void leaksAreCountedAndTheWorstSiteIsNamed() {
        Report report = SampleReports.leaking(
                        SampleReports.forgotten(1, 12),
                        SampleReports.abandoned(2, 7),
                        SampleReports.abandoned(3, 5),
                        SampleReports.bare(4, Verdict.STUCK, 90))
                .build();

        assertThat(Headline.of(report))
                .isEqualTo("24 leaked connections at 3 sites; worst: " + blamed(SampleReports.EOF) + " (12)");
        assertThat(LeaksText.of(report)).startsWith(Headline.of(report) + "\n" + LeaksText.head(report));
    }

    @Test
    void oneSiteIsNamedWithoutAComparison() {
        assertThat(Headline.of(
                        SampleReports.leaking(SampleReports.forgotten(1, 2)).build()))
                .isEqualTo("2 leaked connections at 1 site: " + blamed(SampleReports.EOF));
        assertThat(Headline.of(
                        SampleReports.leaking(SampleReports.abandoned(1, 1)).build()))
                .isEqualTo("1 leaked connection at 1 site: " + blamed(SampleReports.CONNECT));
    }

    @Test
    void unknownCulpritIsReplacedByTheAddress() {
        Site site = SampleSite.of(Verdict.ABANDONED, 3).opened(null).remote(PAY).build();
        Site addressless = SampleSite.of(Verdict.ABANDONED, 3).opened(null).build();

        assertThat(Headline.of(SampleReports.leaking(site).build()))
                .isEqualTo("3 leaked connections at 1 site: culprit unknown, to 10.2.3.4:443");
        assertThat(Headline.of(SampleReports.leaking(addressless, SampleReports.abandoned(2, 1))
                        .build()))
                .isEqualTo("4 leaked connections at 2 sites; worst: culprit unknown (3)");
    }

    @Test
    void notAllLeaksAreConnections() {
        Site datagrams = SampleSite.of(Verdict.COLLECTED, 2)
                .withoutState()
                .protocol(Protocol.UDP)
                .build();

        assertThat(Headline.of(SampleReports.leaking(SampleReports.abandoned(1, 2), datagrams)
                        .build()))
                .startsWith("4 leaked sockets at 2 sites; ");
    }

    @Test
    void hostileNameStaysInTheLine() {
        String hostile = "x\u001b[2J\nno leaks found";
        Report report = SampleReports.leaking(SampleReports.abandoned(1, 1))
                .stacks(new Stack(List.of(new Frame("a.B", hostile, null, 1)), 0, null))
                .build();

        assertThat(Headline.of(report)).isEqualTo("1 leaked connection at 1 site: B.x?[2J?no leaks found");
    }

    @Test
    void leaksWithoutSitesAreCounted() {
        Totals totals = new Totals(2, 2, 0, Map.of(TcpState.CLOSE_WAIT, 2), 0, null, 2, null);

        assertThat(Headline.of(SampleReports.quiet().totals(totals).build()))
                .isEqualTo("2 leaked connections, and this report has no site for them");
    }

    @Test
    void noLeaks() {
        assertThat(Headline.of(SampleReports.quiet().build())).isEqualTo("no leaks found");
        assertThat(Headline.of(SampleReports.quiet()
                        .sites(SampleReports.bare(1, Verdict.STUCK, 3))
                        .build()))
                .isEqualTo("no leaks found");
    }

    @Test
    void youngConnectionsAreTooEarlyToJudge() {
        assertThat(Headline.of(SampleReports.quiet()
                        .sites(SampleReports.bare(1, Verdict.FRESH, 3), SampleReports.bare(2, Verdict.FRESH, 1))
                        .build()))
                .isEqualTo("no leaks found; 4 connections are too early to judge");
        assertThat(Headline.of(SampleReports.quiet()
                        .sites(SampleReports.bare(1, Verdict.FRESH, 1))
                        .build()))
                .isEqualTo("no leaks found; 1 connection is too early to judge");
    }

    @Test
    void suspectsAreNoLeaks() {
        assertThat(Headline.of(SampleReports.quiet()
                        .sites(
                                SampleReports.bare(1, Verdict.FIN_SWALLOWED, 2),
                                SampleReports.bare(2, Verdict.STALE, 1),
                                SampleReports.bare(3, Verdict.FRESH, 5))
                        .build()))
                .isEqualTo("no leak is proven; not counted as leaks: 3 connections that the peer has ended, see below;"
                        + " 5 connections are too early to judge");
    }

    @Test
    void aReportWithoutVerdictsDeniesNothing() {
        assertThat(Headline.of(SampleReports.reduced())).isEqualTo("not judged: there was no memory to look for leaks");
        Report stateless = SampleReports.quiet()
                .totals(new Totals(3, 3, 0, Map.of(), 0, null, 0, null))
                .agent(new AgentHealth(
                        List.of(), List.of(new Source(Source.STATES, false, "EPERM")), 0, null, 0, null, null))
                .build();
        assertThat(Headline.of(stateless))
                .isEqualTo("not judged: the kernel refused the state of 3 sockets, which may be leaked connections");
    }

    private static String blamed(Stack stack) {
        return stack.frames().get(stack.culprit()).shortText();
    }
}
