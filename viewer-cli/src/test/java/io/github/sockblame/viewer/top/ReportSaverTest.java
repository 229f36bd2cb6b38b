// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.FetchedReport;
import io.github.sockblame.viewer.connect.SampleFetchedReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saving a report from the live screen, which shows summaries. */
class ReportSaverTest {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);
    private static final FetchedReport WHOLE = reading(SampleReports.rich());
    private static final FetchedReport SHOWN = reading(SampleReports.rich().withoutSockets());

    @TempDir
    private Path folder;

    @Test
    void saverWritesWholeReport() throws Exception {
        Path file = folder.resolve("shop.json");

        assertThat(saved(file, () -> WHOLE))
                .startsWith("wrote " + file + ": ")
                .endsWith(" bytes, only you can read it");
        assertThat(Files.readString(file)).isEqualTo(WHOLE.json());
    }

    @Test
    void htmlNameWritesPage() throws Exception {
        Path file = folder.resolve("shop.HTML");

        assertThat(saved(file, () -> WHOLE)).startsWith("wrote ");
        assertThat(Files.readString(file)).startsWith("<!DOCTYPE html>");
    }

    @Test
    void ofAProgramThatIsGoneWhatIsShownIsSaved() throws Exception {
        Path file = folder.resolve("last.json");

        assertThat(saved(file, ReportSaverTest::nobody))
                .startsWith("wrote " + file + ": ")
                .endsWith("; it has only what the screen shows: JVM 42 stopped answering: it may have ended");
        assertThat(Files.readString(file)).isEqualTo(SHOWN.json());
        assertThat(saved(folder.resolve("last.html"), ReportSaverTest::nobody))
                .startsWith("the report is a summary without the list of sockets");
    }

    @Test
    void oneAtATime() throws Exception {
        Path first = folder.resolve("first.json");
        CountDownLatch answered = new CountDownLatch(1);
        try (Poller poller = asker(() -> {
            try {
                assertThat(answered.await(PATIENCE, TimeUnit.NANOSECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return WHOLE;
        })) {
            ReportSaver reportSaver = new ReportSaver(poller);
            assertThat(reportSaver.start(first.toString())).startsWith("requested ");

            assertThat(reportSaver.start(folder.resolve("second.json").toString()))
                    .isEqualTo("not yet: the report for " + first + " is not complete");
            answered.countDown();
            assertThat(AwaitValue.from(() -> reportSaver.takeMessage(SHOWN))).startsWith("wrote " + first + ": ");
        }
    }

    @Test
    void unusableFileCausesNoRequest() throws Exception {
        Path file = Files.createFile(folder.resolve("mine"));
        try (Poller poller = asker(ReportSaverTest::nobody)) {
            ReportSaver reportSaver = new ReportSaver(poller);

            assertThat(reportSaver.start(file.toString())).startsWith(file + " exists");
            assertThat(reportSaver.start("a\u0000b")).isEqualTo("'a\u0000b' is not a file name");
            assertThat(reportSaver.takeMessage(SHOWN)).isNull();
        }
    }

    private static FetchedReport nobody() throws CannotAnswerException {
        throw new CannotAnswerException("JVM 42 stopped answering", "it may have ended");
    }

    private static String saved(Path file, FakeTarget.Answering whole) {
        try (Poller poller = asker(whole)) {
            ReportSaver reportSaver = new ReportSaver(poller);
            assertThat(reportSaver.start(file.toString())).isEqualTo("requested a whole report for " + file);
            String said = AwaitValue.from(() -> reportSaver.takeMessage(SHOWN));
            assertThat(reportSaver.takeMessage(SHOWN)).as("told once").isNull();
            return said;
        }
    }

    /** Of which nothing is asked but what is wanted. */
    private static Poller asker(FakeTarget.Answering whole) {
        return Poller.of(new FakeTarget(() -> SHOWN, whole), Duration.ofHours(1));
    }

    private static FetchedReport reading(Report report) {
        return SampleFetchedReport.of(report);
    }
}
