// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.Program;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.SampleSite;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Stack;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Totals;
import io.github.sockblame.report.Verdict;
import io.github.sockblame.report.text.TextStyle;
import io.github.sockblame.viewer.diff.SiteChange.Kind;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ComparisonTest {

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final Endpoint CACHE = new Endpoint("10.0.0.7", 6379);
    private static final Endpoint STORE = new Endpoint("10.0.0.8", 5432);

    @Test
    void sitesMatchByVerdictAndCulprit() {
        Report before = report(TEN_MINUTES, site(1, Verdict.ABANDONED, 12, 0), site(2, Verdict.FORGOTTEN, 3, 1));
        Report after = report(
                Duration.ZERO,
                site(1, Verdict.FORGOTTEN, 3, 1),
                site(2, Verdict.ABANDONED, 60, 0),
                site(3, Verdict.FORGOTTEN, 2, 0));

        assertThat(Comparison.of(before, after).sites())
                .extracting(SiteChange::kind, SiteChange::before, SiteChange::after, SiteChange::number)
                .containsExactly(
                        tuple(Kind.GROWN, 12, 60, 2), tuple(Kind.NEW, 0, 2, 3), tuple(Kind.UNCHANGED, 3, 3, 1));
    }

    @Test
    void stackIndexDoesNotChangeSite() {
        Report before = report(TEN_MINUTES, site(1, Verdict.ABANDONED, 12, 0));
        Report after = quiet(Duration.ZERO, site(1, Verdict.ABANDONED, 11, 1))
                .stacks(SampleReports.EOF, SampleReports.CONNECT)
                .build();

        assertThat(Comparison.of(before, after).sites())
                .singleElement()
                .extracting(SiteChange::kind)
                .isEqualTo(Kind.SHRUNK);
    }

    @Test
    void librarySitesMatchByAddress() {
        Report before = report(TEN_MINUTES, library(1, 5, CACHE), library(2, 4, STORE));
        Report after = report(Duration.ZERO, library(1, 9, STORE), library(2, 5, CACHE));

        Comparison comparison = Comparison.of(before, after);

        assertThat(comparison.sites()).extracting(SiteChange::kind).containsExactly(Kind.GROWN, Kind.UNCHANGED);
        assertThat(comparison.sites().get(0).key().address()).isEqualTo(STORE);
    }

    @Test
    void shrunkLeakDoesNotOffsetGrownLeak() {
        Report before = report(TEN_MINUTES, site(1, Verdict.ABANDONED, 12, 0), site(2, Verdict.FORGOTTEN, 9, 1));
        Report after = report(Duration.ZERO, site(1, Verdict.ABANDONED, 13, 0), site(2, Verdict.FORGOTTEN, 1, 1));

        assertThat(Comparison.of(before, after).hasNewLeaks()).isTrue();
        assertThat(Comparison.of(after, report(Duration.ZERO, site(1, Verdict.ABANDONED, 13, 0)))
                        .hasNewLeaks())
                .isFalse();
    }

    @Test
    void grownNonLeakIsNoNewLeak() {
        Report before = report(TEN_MINUTES, site(1, Verdict.IDLE, 1, 0));
        Report after = report(Duration.ZERO, site(1, Verdict.IDLE, 100, 0));

        assertThat(Comparison.of(before, after).hasNewLeaks()).isFalse();
    }

    @Test
    void theTextTellsTotalsSitesAndThePace() {
        Report before = report(TEN_MINUTES, site(1, Verdict.ABANDONED, 12, 0), site(2, Verdict.FORGOTTEN, 3, 1));
        Report after = report(Duration.ZERO, site(1, Verdict.ABANDONED, 60, 0), site(2, Verdict.FORGOTTEN, 3, 1));

        assertThat(ComparisonText.of(Comparison.of(before, after), TextStyle.PLAIN))
                .isEqualTo("""
                shop.jar (pid 4242)   2026-03-01 11:50:00.123+00:00 to 2026-03-01 12:00:00.123+00:00, 10m
                fds         40, unchanged
                sockets     15 -> 63   +48   +4.8/min
                leaks       15 -> 63   +48   +4.8/min
                CLOSE-WAIT  15 -> 63   +48   +4.8/min

                GROWN   ABANDONED   12 -> 60   +48   +4.8/min   (site 1 now)
                     the peer closed; the program has not read since
                     opened at:
                       com.acme.pay.PaymentClient.connect(PaymentClient.java:41)

                1 site unchanged, with 3 connections
                """);
    }

    @Test
    void differentRunsHaveNoRate() {
        Report before = quiet(TEN_MINUTES, site(1, Verdict.ABANDONED, 12, 0))
                .program(new Program(
                        17, "shop.jar", "17", SampleReports.NOW.minusSeconds(9000), SampleReports.NOW, false))
                .build();
        Comparison comparison = Comparison.of(before, report(Duration.ZERO));

        assertThat(ComparisonText.of(comparison, TextStyle.PLAIN))
                .contains("another run of the program: the first report is of shop.jar (pid 17)")
                .contains("GONE   ABANDONED   12 -> 0   -12\n")
                .doesNotContain("/min");
        assertThat(comparison.perMinute(12)).isNull();
    }

    @Test
    void secondAttachIsReported() {
        Report before = quiet(TEN_MINUTES)
                .program(SampleReports.program("shop.jar", true))
                .build();

        assertThat(ComparisonText.of(Comparison.of(before, report(Duration.ZERO)), TextStyle.PLAIN))
                .contains("the agent was attached again between them")
                .endsWith("no site in either report\n");
    }

    @Test
    void theJsonHasTheSame() {
        Report before = report(TEN_MINUTES, site(1, Verdict.ABANDONED, 12, 0));
        Report after = report(Duration.ZERO, site(1, Verdict.ABANDONED, 60, 0));

        JsonNode json = new JsonMapper().readTree(ComparisonJson.of(Comparison.of(before, after)));

        assertThat(json.at("/seconds").asDouble()).isEqualTo(600);
        assertThat(json.at("/sameRun").asBoolean()).isTrue();
        assertThat(json.at("/leaksGrew").asBoolean()).isTrue();
        assertThat(json.at("/totals/sockets").toString()).isEqualTo("{\"before\":12,\"after\":60,\"perMinute\":4.8}");
        assertThat(json.at("/states/CLOSE_WAIT/after").asInt()).isEqualTo(60);
        assertThat(json.at("/sites/0").toString())
                .startsWith("{\"change\":\"grown\",\"verdict\":\"ABANDONED\",\"leak\":true,\"before\":12,\"after\":60,")
                .contains("\"opened\":\"com.acme.pay.PaymentClient.connect(PaymentClient.java:41)\"")
                .contains("\"eof\":null");
    }

    @Test
    void namesFromOutsideCannotDrawOnTheTerminal() {
        Stack evil = new Stack(List.of(new Frame("evil\u001b[2J", "run", null, -1)), 0, null);
        Report after = quiet(Duration.ZERO, site(1, Verdict.ABANDONED, 1, 0))
                .stacks(evil)
                .build();

        assertThat(ComparisonText.of(Comparison.of(report(TEN_MINUTES), after), TextStyle.PLAIN))
                .contains("evil?[2J.run")
                .doesNotContain("\u001b");
    }

    @Test
    void framesOfTheTextKeepWithinTheLine() {
        Stack deep = new Stack(List.of(new Frame("com.acme." + "x".repeat(90), "run", "Deep.java", 7)), 0, null);
        Site everywhere = SampleSite.of(Verdict.FORGOTTEN)
                .eof(new Site.Place(0, 1, List.of(), 0))
                .closing(new Site.Place(0, 1, List.of(), 0))
                .listener(new Site.Place(0, 1, List.of(), 0))
                .build();
        Report after = quiet(Duration.ZERO, everywhere).stacks(deep).build();

        assertThat(ComparisonText.of(
                                Comparison.of(report(TEN_MINUTES), after), new TextStyle(false, 80, ZoneOffset.UTC))
                        .lines()
                        .filter(line -> line.endsWith("x.run(Deep.java:7)")))
                .hasSize(4)
                .allMatch(line -> line.length() == 80);
    }

    private static Report report(Duration ago, Site... sites) {
        return quiet(ago, sites).build();
    }

    private static SampleReports quiet(Duration ago, Site... sites) {
        int sockets = 0;
        int leaks = 0;
        for (Site site : sites) {
            sockets += site.count();
            leaks += site.verdict().isLeak(site.confidence()) ? site.count() : 0;
        }
        return SampleReports.quiet()
                .takenAt(SampleReports.NOW.minus(ago))
                .totals(new Totals(sockets, sockets, 0, Map.of(TcpState.CLOSE_WAIT, sockets), 0, null, leaks, null))
                .sites(sites);
    }

    private static Site site(int number, Verdict verdict, int count, int stack) {
        return SampleSite.of(verdict, count)
                .number(number)
                .opened(new Site.Place(stack, 1, List.of(), 0))
                .build();
    }

    /** Opened in a thread of a library's own. */
    private static Site library(int number, int count, Endpoint remote) {
        return SampleSite.of(Verdict.ABANDONED, count)
                .number(number)
                .opened(new Site.Place(2, 1, List.of(), 0))
                .remote(remote)
                .build();
    }
}
