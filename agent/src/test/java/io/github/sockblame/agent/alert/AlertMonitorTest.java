// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.alert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sockblame.agent.file.ReserveDescriptors;
import io.github.sockblame.agent.log.InternalErrors;
import io.github.sockblame.agent.log.Log;
import io.github.sockblame.agent.sampling.QuickStats;
import io.github.sockblame.agent.service.FixedReportService;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.SampleSite;
import io.github.sockblame.report.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertMonitorTest {

    private static final Trigger LEAKED = SampleTriggers.of("site-leaks>=10");
    private static final QuickStats CALM = new QuickStats(Map.of(), 0, 0, 10, 1000);
    private static final QuickStats BAD = new QuickStats(Map.of(), 10, 1, 10, 1000);
    private static final QuickStats FULL = new QuickStats(Map.of(), 0, 0, 1000, 1000);

    @TempDir
    Path folder;

    private final FixedReportService source = new FixedReportService();
    private final List<Alert> told = new ArrayList<>();

    private AlertMonitor alarm() {
        AlertMonitor alertMonitor = new AlertMonitor(
                List.of(LEAKED),
                source,
                new ReportFiles(folder.resolve("r.txt").toString(), new ReserveDescriptors(1)));
        alertMonitor.addListener(alert -> {
            throw new IllegalStateException("a listener that fails");
        });
        alertMonitor.addListener(told::add);
        return alertMonitor;
    }

    @Test
    void calmProgramCausesFewReports() {
        AlertMonitor alertMonitor = alarm();
        for (long now = 1_000_000; now < 1_029_000; now += 1000) {
            alertMonitor.check(CALM, false, now);
        }
        assertThat(source.taken())
                .as("the first look; the warm-up after ten seconds takes none of the program")
                .isEqualTo(1);
        alertMonitor.check(CALM, false, 1_031_000);
        assertThat(source.taken()).isEqualTo(2);
        assertThat(told).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void alertReachesFileAndAllListeners() {
        long errors = InternalErrors.total();
        AlertMonitor alertMonitor = alarm();
        source.give(leaking(10));
        alertMonitor.check(BAD, false, 1_000_000);
        assertThat(told).extracting(Alert::kind).containsExactly(Alert.Kind.RAISED);
        assertThat(folder.resolve("r.txt")).content().contains("ABANDONED   10 connections");
        assertThat(InternalErrors.total()).as("the listener that fails").isEqualTo(errors + 1);

        source.give(leaking(20));
        alertMonitor.check(BAD, false, 1_001_000);
        assertThat(told).as("too soon").hasSize(1);
        alertMonitor.check(BAD, false, 1_600_000);
        assertThat(told).extracting(Alert::kind).containsExactly(Alert.Kind.RAISED, Alert.Kind.DOUBLED);

        source.give(SampleReports.quiet().build());
        alertMonitor.check(CALM, false, 2_000_000);
        assertThat(told).last().extracting(Alert::kind).isEqualTo(Alert.Kind.RESOLVED);
    }

    @Test
    void aCheckWithoutAReportIsPrintedOnceAndRepeatedAfterAPause() {
        PrintStream usual = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Log.awaitPrinted(); // the lines of other tests
        System.setErr(new PrintStream(printed, true, UTF_8));
        try {
            AlertMonitor alertMonitor = alarm();
            alertMonitor.check(BAD, false, 1_000_000);
            source.fail(new NoClassDefFoundError("org/w3c/dom/Node"));
            for (long now = 1_100_000; now <= 1_140_000; now += 20_000) {
                long at = now;
                if (at == 1_120_000) {
                    alertMonitor.check(BAD, false, at); // too soon for another try
                } else {
                    assertThatThrownBy(() -> alertMonitor.check(BAD, false, at))
                            .isInstanceOf(NoClassDefFoundError.class);
                }
            }
        } finally {
            Log.awaitPrinted();
            System.setErr(usual);
        }
        assertThat(printed.toString(UTF_8).lines())
                .containsExactly("sockblame: no report for the alert (check): "
                        + "java.lang.NoClassDefFoundError: org/w3c/dom/Node");
    }

    @Test
    void exhaustionAlertRepeatsEachMinuteUntilResolved() {
        AlertMonitor alertMonitor = alarm();
        alertMonitor.check(FULL, true, 1_000_000);
        assertThat(told).singleElement().asString().contains("RAISED", Alert.EXHAUSTED);
        assertThat(folder.resolve("r.txt")).exists();
        for (long now = 1_001_000; now < 1_060_000; now += 1000) {
            alertMonitor.check(FULL, true, now);
        }
        assertThat(told).hasSize(1);
        alertMonitor.check(FULL, true, 1_060_000);
        assertThat(told).last().extracting(Alert::kind).isEqualTo(Alert.Kind.ONGOING);

        alertMonitor.check(CALM, false, 1_119_000);
        assertThat(told).hasSize(2);
        alertMonitor.check(CALM, false, 1_130_000);
        assertThat(told).last().satisfies(alert -> {
            assertThat(alert.kind()).isEqualTo(Alert.Kind.RESOLVED);
            assertThat(alert.line())
                    .startsWith("alert resolved (no file descriptor left): ")
                    .endsWith("it lasted 1m00s");
        });
    }

    @Test
    void unjudgedReportEndsNoAlertOfLeaks() {
        AlertMonitor alertMonitor = alarm();
        source.give(leaking(10));
        alertMonitor.check(BAD, false, 1_000_000);
        source.give(SampleReports.reduced());
        alertMonitor.check(BAD, false, 1_600_000);
        assertThat(told).extracting(Alert::kind).containsExactly(Alert.Kind.RAISED);
        source.give(SampleReports.quiet().build());
        alertMonitor.check(BAD, false, 2_000_000);
        assertThat(told).extracting(Alert::kind).containsExactly(Alert.Kind.RAISED, Alert.Kind.RESOLVED);
    }

    @Test
    void unjudgedReportDoesNotDenyLeaks() {
        assertThat(AlertText.of(SampleReports.reduced()))
                .contains("18,000 of them sockets", "not judged: there was no memory to look for leaks")
                .doesNotContain("no leaks found");
    }

    @Test
    void exitAlertFollowsItsTrigger() {
        assertThat(alarm().wantsExit()).isFalse();
        AlertMonitor alertMonitor = new AlertMonitor(List.of(Trigger.EXIT), source, null);
        alertMonitor.addListener(told::add);
        assertThat(alertMonitor.wantsExit()).isTrue();
        alertMonitor.alertExit();
        assertThat(told).extracting(Alert::about).containsExactly("exit");
    }

    private static Report leaking(int count) {
        return SampleReports.leaking(SampleSite.of(Verdict.ABANDONED, count).build())
                .build();
    }
}
