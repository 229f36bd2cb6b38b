// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.alarm.Trigger.Subject;
import io.github.sockblame.agent.diagnosis.GivenReports;
import io.github.sockblame.agent.file.ReserveDescriptors;
import io.github.sockblame.agent.log.InternalErrors;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.SampleSite;
import io.github.sockblame.report.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlarmTest {

    private static final Trigger LEAKED = new Trigger("leaked>=10", Subject.LEAKED, 10, false, null);
    private static final Glance CALM = new Glance(Map.of(), 0, 0, 10, 1000);
    private static final Glance BAD = new Glance(Map.of(), 10, 1, 10, 1000);
    private static final Glance FULL = new Glance(Map.of(), 0, 0, 1000, 1000);

    @TempDir
    Path folder;

    private final GivenReports source = new GivenReports();
    private final List<Alert> told = new ArrayList<>();

    private Alarm alarm() {
        Alarm alarm = new Alarm(
                List.of(LEAKED),
                source,
                new ReportFiles(folder.resolve("r.txt").toString(), new ReserveDescriptors(1)));
        alarm.addOutlet(alert -> {
            throw new IllegalStateException("a listener that fails");
        });
        alarm.addOutlet(told::add);
        return alarm;
    }

    @Test
    void noReportIsTakenForACalmProgramButNowAndThen() {
        Alarm alarm = alarm();
        for (long now = 1_000_000; now < 1_029_000; now += 1000) {
            alarm.look(CALM, false, now);
        }
        assertThat(source.taken())
                .as("the first look, one to warm up after ten seconds, and none for half a minute")
                .isEqualTo(2);
        alarm.look(CALM, false, 1_031_000);
        assertThat(source.taken()).isEqualTo(3);
        assertThat(told).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatIsNewsGoesToTheFileAndToAllThatListen() {
        long errors = InternalErrors.total();
        Alarm alarm = alarm();
        source.give(leaking(10));
        alarm.look(BAD, false, 1_000_000);
        assertThat(told).extracting(Alert::kind).containsExactly(Alert.Kind.RAISED);
        assertThat(folder.resolve("r.txt")).content().contains("ABANDONED   10 connections");
        assertThat(InternalErrors.total()).as("the listener that fails").isEqualTo(errors + 1);

        source.give(leaking(20));
        alarm.look(BAD, false, 1_001_000);
        assertThat(told).as("too soon").hasSize(1);
        alarm.look(BAD, false, 1_600_000);
        assertThat(told).extracting(Alert::kind).containsExactly(Alert.Kind.RAISED, Alert.Kind.DOUBLED);

        source.give(SampleReports.quiet().build());
        alarm.look(CALM, false, 2_000_000);
        assertThat(told).last().extracting(Alert::kind).isEqualTo(Alert.Kind.HEALED);
    }

    @Test
    void thatNoDescriptorIsLeftIsToldAtOnceThenOnceAMinuteThenThatItIsOver() {
        Alarm alarm = alarm();
        alarm.look(FULL, true, 1_000_000);
        assertThat(told).singleElement().asString().contains("RAISED", Alert.EXHAUSTED);
        assertThat(folder.resolve("r.txt")).exists();
        for (long now = 1_001_000; now < 1_060_000; now += 1000) {
            alarm.look(FULL, true, now);
        }
        assertThat(told).hasSize(1);
        alarm.look(FULL, true, 1_060_000);
        assertThat(told).last().extracting(Alert::kind).isEqualTo(Alert.Kind.LASTS);

        alarm.look(CALM, false, 1_119_000);
        assertThat(told).hasSize(2);
        alarm.look(CALM, false, 1_130_000);
        assertThat(told).last().satisfies(alert -> {
            assertThat(alert.kind()).isEqualTo(Alert.Kind.HEALED);
            assertThat(alert.line())
                    .startsWith("healed (no file descriptor left): ")
                    .endsWith("it lasted 1m00s");
        });
    }

    @Test
    void theEndIsToldIfItWasAskedFor() {
        assertThat(alarm().wantsExit()).isFalse();
        Alarm alarm = new Alarm(List.of(new Trigger("exit", Subject.EXIT, 0, false, null)), source, null);
        alarm.addOutlet(told::add);
        assertThat(alarm.wantsExit()).isTrue();
        alarm.tellOfExit();
        assertThat(told).extracting(Alert::about).containsExactly("exit");
    }

    private static Report leaking(int count) {
        return SampleReports.leaking(SampleSite.of(Verdict.ABANDONED, count).build())
                .build();
    }
}
