// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.alert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.file.ReserveDescriptors;
import io.github.sockblame.agent.log.InternalErrors;
import io.github.sockblame.agent.log.Log;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleReports;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertPublisherTest {

    private static final Alert RAISED = new Alert(Alert.Kind.RAISED, "leaked>=10", "a leak");
    private static final Alert HEALED = new Alert(Alert.Kind.RESOLVED, "leaked>=10", "a leak that is over");

    @TempDir
    Path folder;

    private final PrintStream usual = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final List<Alert> received = new ArrayList<>();
    private final Report report = SampleReports.quiet().build();
    private Path file;
    private AlertPublisher publisher;

    @BeforeEach
    void capture() {
        Log.awaitPrinted(); // the lines of other tests
        System.setErr(new PrintStream(printed, true, UTF_8));
        file = folder.resolve("report.txt");
        publisher = new AlertPublisher(new ReportFiles(file.toString(), new ReserveDescriptors(1)));
        publisher.addListener(received::add);
    }

    @AfterEach
    void restore() {
        System.setErr(usual);
    }

    @Test
    void anAlertIsPrintedWrittenAndGivenToTheListeners() {
        publisher.publish(List.of(RAISED), report);

        assertThat(lines()).containsExactly("sockblame: " + RAISED.line(), "sockblame: report: " + file);
        assertThat(file).isNotEmptyFile();
        assertThat(received).containsExactly(RAISED);
    }

    @Test
    void theReportIsWrittenOnlyIfAConditionHolds() {
        publisher.publish(List.of(HEALED), report);
        assertThat(file).doesNotExist();

        publisher.publish(List.of(HEALED, RAISED), report);
        assertThat(file).exists();
    }

    @Test
    void printedAlertsAreLimitedAndListenersReceiveAll() {
        publisher.publish(List.of(HEALED, HEALED, HEALED, HEALED, HEALED, HEALED, HEALED), report);

        assertThat(lines()).hasSize(6).last().asString().isEqualTo("sockblame: and 2 more like these");
        assertThat(received).hasSize(7);
    }

    @Test
    void noAlertHasNoEffect() {
        publisher.publish(List.of(), report);

        assertThat(lines()).isEmpty();
        assertThat(file).doesNotExist();
        assertThat(received).isEmpty();
    }

    @Test
    void failingListenerIsCountedAndNextReceivesAlert() {
        AlertPublisher failing = new AlertPublisher(null);
        failing.addListener(alert -> {
            throw new IllegalStateException("of a listener");
        });
        failing.addListener(received::add);
        long before = InternalErrors.total();
        failing.publish(List.of(RAISED), report);

        assertThat(InternalErrors.total() - before).isEqualTo(1);
        assertThat(received).containsExactly(RAISED);
    }

    @Test
    void listenersReceiveAlertDespiteFailedReportFile() {
        AlertPublisher unable = new AlertPublisher(
                new ReportFiles(folder.resolve("none/report.txt").toString(), new ReserveDescriptors(1)));
        unable.addListener(received::add);
        unable.publish(List.of(RAISED), report);

        assertThat(lines()).last().asString().startsWith("sockblame: cannot write the report (");
        assertThat(received).containsExactly(RAISED);
    }

    @Test
    void aReportThatAnErrorStopsIsMissedAloud() {
        AlertPublisher unable = new AlertPublisher(unwritable -> {
            throw new NoClassDefFoundError("org/w3c/dom/Node");
        });
        unable.addListener(received::add);
        long before = InternalErrors.total();
        unable.publish(List.of(RAISED), report);

        assertThat(lines())
                .containsExactly(
                        "sockblame: " + RAISED.line(),
                        "sockblame: cannot write the report (java.lang.NoClassDefFoundError: org/w3c/dom/Node)");
        assertThat(received).containsExactly(RAISED);
        assertThat(InternalErrors.total() - before).isEqualTo(1);
    }

    private List<String> lines() {
        Log.awaitPrinted();
        return printed.toString(UTF_8).lines().toList();
    }
}
