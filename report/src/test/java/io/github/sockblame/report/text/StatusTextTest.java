// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.AgentHealth;
import io.github.sockblame.report.CaptureHealth;
import io.github.sockblame.report.Hook;
import io.github.sockblame.report.HookState;
import io.github.sockblame.report.ProgramPackage;
import io.github.sockblame.report.ProgramPackageSource;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.Source;
import io.github.sockblame.report.StackMemory;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Totals;
import io.github.sockblame.report.TraceHealth;
import io.github.sockblame.report.WatchHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How the agent fares, and what is said to be wrong with it. */
class StatusTextTest {

    @Test
    void healthyAgentHasNoProblems() {
        AgentHealth healthy = new AgentHealth(
                List.of(
                        new Hook("sun.nio.ch.Net.socket", "open", HookState.WOVEN, null),
                        new Hook("java.net.AbstractPlainSocketImpl.create", "open", HookState.WAITING, null)),
                List.of(new Source("/proc/self/net/tcp", true, null)),
                0,
                null,
                0,
                new TraceHealth(1204, 0, null),
                null,
                new WatchHealth(
                        SampleReports.NOW.minusMillis(700),
                        SampleReports.NOW.plusMillis(300),
                        Duration.ofMillis(4),
                        Duration.ofSeconds(2),
                        List.of()),
                null);
        Report report = SampleReports.quiet()
                .totals(new Totals(
                        3, 2, 1, Map.of(TcpState.ESTABLISHED, 2), 1, Map.of(Protocol.TCP, 2, Protocol.UDP, 1), 0, null))
                .agent(healthy)
                .build();

        assertThat(StatusText.of(report, TextStyle.PLAIN)).isEqualTo("""
                program      shop.jar (pid 4242), Java 17 (Debian), up 6h12m
                agent        0.1.0, watching since 2026-03-01 05:48:00.123+00:00 (6h12m), from the beginning of the program
                report       of 2026-03-01 12:00:00.123+00:00
                options      grace 5500ms, addresses shown; other options are not in the report
                hooks        1 woven, 1 waiting; waiting hooks are in classes that the program has not loaded
                sources      read: /proc/self/net/tcp
                sockets      3 = 2 tracked + 1 untracked; leaks 0
                fds          40 of 1,000 (4 %)
                stacks       captured for every opening
                watch thread last round 0s ago, the next is due in 0s; at most 2s between two rounds, at most 0s late
                trace        1,204 events written
                errors       none
                unconfirmed  none: the kernel confirms every entry of the ledger
                all well
                """);
    }

    @Test
    void whateverIsWrongIsNamed() {
        Report report = SampleReports.rich();

        assertThat(StatusText.of(report, TextStyle.PLAIN))
                .contains("attached late: sockets opened earlier have no opening stack\n")
                .contains("hooks        1 woven, 1 missing\n")
                .contains("stacks       not captured for 812 openings: the budget of 2 % of a core was used up\n")
                .contains("stack memory 9 MB, limit 10 MB: some stacks are incomplete\n")
                .endsWith("""
                        problems:
                          hook missing: sun.nio.ch.Net.accept (accept): its sockets are not seen: no such method
                          not read: /proc/self/net/tcp6: absent
                          3 ledger entries not confirmed by the kernel since start, excluded from every total
                          trace: 1,204 events written, 3 dropped; it has ended: the disk is full
                          watch thread: last round 41s ago, the next was due 40s ago: ages are coarse, and there are no alerts
                          a JMX listener has not returned for 38s
                          opening stacks of 812 sockets were not captured, the last of them 2s ago: capture.budget is 2 % of a core; all sockets are counted, and figures with \u2248 are estimates
                          stacks.max is 10 MB: 31 stacks had frames omitted in the middle, and 2 stacks were discarded; all sockets are counted
                          2 errors inside the agent since start; the latest: java.lang.IllegalStateException: x
                        """);
    }

    @Test
    void lateRoundIsProblem() {
        assertThat(problemsWithRoundDue(SampleReports.NOW.plusSeconds(1))).isEmpty();
        assertThat(problemsWithRoundDue(SampleReports.NOW.minusSeconds(5)))
                .as("on a busy machine")
                .isEmpty();
        assertThat(problemsWithRoundDue(SampleReports.NOW.minusMillis(5001)))
                .containsExactly(
                        "watch thread: no round yet, the next was due 5s ago: ages are coarse, and there are no alerts");
    }

    private static List<String> problemsWithRoundDue(Instant due) {
        WatchHealth watch = new WatchHealth(null, due, Duration.ZERO, Duration.ZERO, List.of());
        return HealthText.problems(SampleReports.quiet()
                .agent(new AgentHealth(List.of(), List.of(), 0, null, 0, null, null, watch, null))
                .build());
    }

    @Test
    void sumsThatDoNotAddUpAreNamed() {
        Report report = SampleReports.quiet()
                .totals(new Totals(4, 2, 1, Map.of(TcpState.ESTABLISHED, 2), 1, Map.of(Protocol.TCP, 2), 0, null))
                .build();

        assertThat(StatusText.of(report, TextStyle.PLAIN)).contains("4 is not 2 tracked + 1 untracked");
        assertThat(HealthText.problems(report))
                .containsExactly(
                        "tracked and untracked sum up to 3, but there are 4 sockets",
                        "the states sum up to 3, but there are 4 sockets",
                        "the protocols sum up to 2, but there are 4 sockets");
    }

    @Test
    void thePackagesOfTheProgramHaveTheirReasons() {
        assertThat(StatusText.of(SampleReports.rich(), TextStyle.PLAIN))
                .contains("code         com.acme (main class), org.acme.web (WEB-INF/classes)\n");
        assertThat(StatusText.of(withProgram(List.of()), TextStyle.PLAIN))
                .contains("code         no package of the program was found: the culprit is the first frame outside");
        List<ProgramPackage> many = IntStream.range(0, 10)
                .mapToObj(i -> new ProgramPackage("p" + i, ProgramPackageSource.FOLDER))
                .toList();
        assertThat(StatusText.of(withProgram(many), TextStyle.PLAIN))
                .contains("p7 (classes in a folder) and 2 others\n")
                .doesNotContain("p8");
        assertThat(StatusText.of(withProgram(null), TextStyle.PLAIN)).doesNotContain("\ncode ");
    }

    private static Report withProgram(@Nullable List<ProgramPackage> program) {
        return SampleReports.quiet()
                .agent(new AgentHealth(List.of(), List.of(), 0, null, 0, null, null, null, null, program))
                .build();
    }

    @Test
    void enoughMemoryForStacksIsNoProblem() {
        AgentHealth enough = new AgentHealth(
                List.of(), List.of(), 0, null, 0, null, null, null, new StackMemory(10L << 20, 600 << 10, 0, 0));
        Report report = SampleReports.quiet().agent(enough).build();

        assertThat(StatusText.of(report, TextStyle.PLAIN)).contains("stack memory 600 KB, limit 10 MB\n");
        assertThat(HealthText.problems(report)).isEmpty();
    }

    @Test
    void samplingIsNoError() {
        AgentHealth sampled = new AgentHealth(
                List.of(),
                List.of(),
                0,
                null,
                0,
                null,
                new CaptureHealth(0.02, 1, SampleReports.NOW, SampleReports.NOW));
        Report report = SampleReports.quiet().agent(sampled).build();

        assertThat(StatusText.of(report, TextStyle.PLAIN)).contains("errors       none\n");
        assertThat(HealthText.problems(report)).singleElement().asString().startsWith("opening stacks of 1 socket ");
    }

    @Test
    void whatTheJvmDoesNotRecordIsNamed() {
        AgentHealth limited = new AgentHealth(
                List.of(),
                List.of(new Source(Source.STACK_TRACES, false, "this JVM records none")),
                0,
                null,
                0,
                null,
                null);
        Report report = SampleReports.quiet().agent(limited).build();

        assertThat(StatusText.of(report, TextStyle.PLAIN))
                .contains("stacks       limited by this JVM: see the problems\n")
                .endsWith("problems:\n  limited: stack traces: this JVM records none\n");
    }
}
