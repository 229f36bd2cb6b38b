// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.AgentHealth;
import io.github.sockblame.report.ClosedByCleaner;
import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.Hook;
import io.github.sockblame.report.HookState;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.SampleSite;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Source;
import io.github.sockblame.report.Stack;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Totals;
import io.github.sockblame.report.Totals.UntrackedDetail;
import io.github.sockblame.report.TraceHealth;
import io.github.sockblame.report.Verdict;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the whole text says of leaks, and of what is none; what ends it, and what is never in it. */
class LeaksTextTest {

    @Test
    void tellsHowTheTraceFares() {
        assertThat(health(new TraceHealth(1204, 0, null))).endsWith("\ntrace: 1,204 events written\n");
        assertThat(health(new TraceHealth(1, 30, "disk full")))
                .endsWith("\ntrace: 1 event written, 30 dropped; it has ended: disk full\n");
        assertThat(health(null)).doesNotContain("trace");
    }

    private static String health(@Nullable TraceHealth trace) {
        return LeaksText.of(SampleReports.quiet()
                .agent(new AgentHealth(List.of(), List.of(), 0, null, 0, trace, null))
                .build());
    }

    @Test
    void excludedSocketsAreCountedWithoutSites() {
        Totals totals = new Totals(5, 5, 0, Map.of(TcpState.CLOSE_WAIT, 5), 0, null, 5, null);
        Report none = SampleReports.quiet().totals(totals).excludedSockets(5).build();
        Report some = SampleReports.leaking(SampleReports.forgotten(1, 3))
                .totals(totals)
                .excludedSockets(2)
                .build();

        assertThat(LeaksText.of(none).lines())
                .contains(
                        "5 sockets excluded by include/exclude, 5 of them leaks; the totals above include them",
                        "no leaks found among the others");
        assertThat(none.hasLeaks()).isFalse();
        assertThat(LeaksText.of(some).lines())
                .contains("2 sockets excluded by include/exclude, 2 of them leaks; the totals above include them");
        assertThat(some.hasLeaks()).isTrue();
        assertThat(some.leaksInSites()).isEqualTo(3);
        assertThat(LeaksText.of(SampleReports.quiet().excludedSockets(0).build()))
                .doesNotContain("left out");
    }

    @Test
    void quietReportHasNoLeaks() {
        assertThat(LeaksText.of(SampleReports.quiet().build())).isEqualTo("""
                        no leaks found
                        shop.jar (pid 4242)  up 6h12m  fds 40 of 1,000 (4 %)
                        sockets 0 = 0 tracked + 0 untracked

                        """);
    }

    @Test
    void freshConnectionsAreCountedWithoutSites() {
        Report report = SampleReports.quiet()
                .totals(new Totals(4, 4, 0, Map.of(TcpState.CLOSE_WAIT, 4), 0, null, 0, null))
                .sites(SampleReports.bare(1, Verdict.FRESH, 3), SampleReports.bare(2, Verdict.FRESH, 1))
                .build();

        assertThat(LeaksText.of(report))
                .startsWith("no leaks found; 4 connections are too early to judge\n")
                .contains("4 connections in CLOSE-WAIT, too early to judge: for less than 1m06s\n")
                .doesNotContain("FRESH")
                .doesNotContain("PaymentClient");
    }

    @Test
    void shortGracePeriodIsInMilliseconds() {
        for (Duration grace : List.of(Duration.ofMillis(200), Duration.ZERO)) {
            Report report = SampleReports.quiet().sites(SampleReports.bare(1, Verdict.FRESH, 1)).build().toBuilder()
                    .grace(grace)
                    .build();

            assertThat(LeaksText.of(report))
                    .contains("for less than " + (grace.isZero() ? "1ms" : "2s"))
                    .doesNotContain("less than 0");
        }
    }

    @Test
    void aLeakThatIsOnlyPossibleIsShownAndNotCounted() {
        Report report = SampleReports.quiet()
                .totals(new Totals(3, 3, 0, Map.of(TcpState.CLOSE_WAIT, 3), 0, null, 0, null))
                .sites(SampleSite.of(Verdict.ABANDONED, 3)
                        .confidence(Confidence.POSSIBLE)
                        .build())
                .build();

        assertThat(LeaksText.of(report))
                .startsWith(
                        "no leak is proven; not counted as leaks: 3 connections that the peer has ended, see below\n")
                .containsPattern("1  ABANDONED   3 connections .*   possible\n");
        assertThat(report.hasLeaks()).isFalse();
    }

    @Test
    void showsAFinThatWasSwallowedWithoutCallingItALeak() {
        Report report = SampleReports.quiet()
                .totals(new Totals(1, 1, 0, Map.of(TcpState.CLOSE_WAIT, 1), 0, null, 0, null))
                .sites(SampleReports.bare(1, Verdict.FIN_SWALLOWED, 1))
                .build();

        assertThat(LeaksText.of(report))
                .startsWith(
                        "no leak is proven; not counted as leaks: 1 connection that the peer has ended, see below\n")
                .doesNotContain("no leaks found")
                .contains("1  FIN SWALLOWED   1 connection ");
    }

    @Test
    void untrackedSocketsHaveOrigins() {
        assertThat(untracked(Origin.BEFORE_AGENT, Origin.BEFORE_AGENT))
                .isEqualTo("2 untracked sockets: 2 opened before the agent started");
        assertThat(untracked(Origin.NOT_SEEN))
                .isEqualTo("1 untracked socket: 1 opened by native code (the JDK's own included)");
        assertThat(untracked(Origin.BEFORE_AGENT, Origin.NOT_SEEN, Origin.NOT_SEEN))
                .isEqualTo("3 untracked sockets: 1 opened before the agent started, "
                        + "2 opened by native code (the JDK's own included)");
        assertThat(untracked(Origin.BEFORE_AGENT, Origin.DUPLICATE))
                .isEqualTo("2 untracked sockets: 1 opened before the agent started, "
                        + "1 duplicated from another descriptor");
    }

    @Test
    void untrackedCloseWaitHasUnknownCulprit() {
        assertThat(untracked(new UntrackedDetail(Map.of(Origin.BEFORE_AGENT, 1, Origin.DUPLICATE, 1), 1)))
                .endsWith("; 1 of them in CLOSE-WAIT, culprit unknown");
    }

    @Test
    void untrackedSocketsAreCountedWithoutDetail() {
        assertThat(untracked((UntrackedDetail) null)).isEqualTo("2 untracked sockets");
    }

    @Test
    void endsWithWhatTheAgentCouldNotSee() {
        Report report = SampleReports.quiet()
                .agent(new AgentHealth(
                        List.of(
                                new Hook("sun.nio.ch.Net.socket", "open", HookState.WOVEN, null),
                                new Hook("sun.nio.ch.Net.accept", "accept", HookState.MISSING, "no such method"),
                                new Hook("sun.nio.ch.Net.poll", "eof", HookState.MISSING, null)),
                        List.of(
                                new Source("/proc/self/net/tcp", true, null),
                                new Source("/proc/self/net/tcp6", false, "absent"),
                                new Source("/proc/self/fd", false, null)),
                        2,
                        "java.lang.Error: x",
                        1,
                        null,
                        null))
                .build();

        assertThat(LeaksText.of(report)).endsWith("""
                        hook missing: sun.nio.ch.Net.accept (accept): its sockets are not seen: no such method
                        hook missing: sun.nio.ch.Net.poll (eof): its sockets are not seen
                        not read: /proc/self/net/tcp6: absent
                        not read: /proc/self/fd
                        1 ledger entry not confirmed by the kernel since start, excluded from every total
                        2 errors inside the agent since start; the latest: java.lang.Error: x
                        """);
    }

    @Test
    void errorWithoutMessageIsOnlyCounted() {
        Report report = SampleReports.quiet()
                .agent(new AgentHealth(List.of(), List.of(), 1, null, 3, null, null))
                .build();

        assertThat(LeaksText.of(report)).endsWith("""
                        3 ledger entries not confirmed by the kernel since start, excluded from every total
                        1 error inside the agent since start
                        """);
    }

    @Test
    void printsNothingThatATerminalWouldObey() {
        String hostile = "x\u001b[2J\u009b31m\nno leaks found\r\u202e";
        Site.Place place = new Site.Place(0, 1, List.of(hostile), 1);
        Site site = SampleSite.of(Verdict.FORGOTTEN)
                .remote(new Endpoint(hostile, 1))
                .eof(place)
                .opened(place)
                .closing(place)
                .listener(place)
                .evidence(hostile)
                .build();
        Report report = SampleReports.leaking(site)
                .program(SampleReports.program(hostile, false))
                .stacks(new Stack(List.of(new Frame(hostile, hostile, hostile, 1)), 0, null))
                .agent(new AgentHealth(
                        List.of(new Hook(hostile, hostile, HookState.MISSING, hostile)),
                        List.of(new Source(hostile, false, hostile)),
                        1,
                        hostile,
                        0,
                        null,
                        null))
                .build();

        String text = LeaksText.of(report);
        assertThat(text).contains("x?[2J?31m?no leaks found??");
        assertThat(text.replace("\n", "").chars())
                .noneMatch(Character::isISOControl)
                .noneMatch(c -> Character.getType(c) == Character.FORMAT);
        assertThat(text.lines()).doesNotContain("no leaks found");
    }

    @Test
    void tellsWhatTheCleanerClosedByTheFrameThatOpenedIt() {
        ClosedByCleaner closedByCleaner = new ClosedByCleaner(
                1_200,
                List.of(new ClosedByCleaner.CleanerClosedSite(
                        1_024, new Site.Place(0, 1, List.of("main"), 1), SampleReports.NOW)));
        String text = LeaksText.of(
                SampleReports.quiet().closedByCleaner(closedByCleaner).build());
        assertThat(text)
                .contains("1,200 sockets collected without close")
                .contains(SampleReports.CONNECT
                                .frames()
                                .get(SampleReports.CONNECT.culprit())
                                .text() + "    1,024 sockets");
        assertThat(LeaksText.of(SampleReports.quiet().build())).doesNotContain("collected without close");
    }

    @Test
    void idleConnectionsAreOneLine() {
        Report report = SampleReports.quiet()
                .sites(SampleReports.bare(1, Verdict.IDLE, 3), SampleReports.bare(2, Verdict.IDLE, 2))
                .build();

        assertThat(LeaksText.of(report))
                .contains("no leaks found")
                .contains("5 connections IDLE: established, without traffic for up to 42s: not counted as leaks")
                .doesNotContain("1  IDLE");
    }

    private static String untracked(Origin... origins) {
        Map<Origin, Integer> byOrigin = new EnumMap<>(Origin.class);
        for (Origin origin : origins) {
            byOrigin.merge(origin, 1, Integer::sum);
        }
        return untracked(new UntrackedDetail(byOrigin, 0));
    }

    private static String untracked(@Nullable UntrackedDetail unseen) {
        int sockets = unseen == null
                ? 2
                : unseen.byOrigin().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum();
        String text = LeaksText.of(SampleReports.quiet()
                .totals(new Totals(sockets, 0, sockets, Map.of(TcpState.ESTABLISHED, sockets), 0, null, 0, unseen))
                .build());
        return text.substring(text.indexOf("\n\n") + 2).stripTrailing();
    }
}
