// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Report;
import io.github.sockblame.report.ReportJson;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saving a report from the live screen, which shows summaries. */
class SavingTest {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);
    private static final Reading WHOLE = reading(SampleReports.rich());
    private static final Reading SHOWN = reading(SampleReports.rich().withoutSockets());

    @TempDir
    private Path folder;

    @Test
    void theWholeReportIsAskedFor() throws Exception {
        Path file = folder.resolve("shop.json");

        assertThat(saved(file, () -> WHOLE))
                .startsWith("wrote " + file + ": ")
                .endsWith(" bytes, readable by you alone");
        assertThat(Files.readString(file)).isEqualTo(WHOLE.json());
    }

    @Test
    void aPageIsWrittenIfTheNameSaysSo() throws Exception {
        Path file = folder.resolve("shop.HTML");

        assertThat(saved(file, () -> WHOLE)).startsWith("wrote ");
        assertThat(Files.readString(file)).startsWith("<!DOCTYPE html>");
    }

    @Test
    void ofAProgramThatIsGoneWhatIsShownIsSaved() throws Exception {
        Path file = folder.resolve("last.json");

        assertThat(saved(file, SavingTest::nobody))
                .startsWith("wrote " + file + ": ")
                .endsWith("; only what is shown: JVM 42 stopped answering: it may have ended");
        assertThat(Files.readString(file)).isEqualTo(SHOWN.json());
        assertThat(saved(folder.resolve("last.html"), SavingTest::nobody))
                .startsWith("the report is a summary, without its list of sockets");
    }

    @Test
    void oneAtATime() throws Exception {
        Path first = folder.resolve("first.json");
        CountDownLatch answered = new CountDownLatch(1);
        try (Asker asker = asker(() -> {
            try {
                assertThat(answered.await(PATIENCE, TimeUnit.NANOSECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return WHOLE;
        })) {
            Saving saving = new Saving(asker);
            assertThat(saving.begin(first.toString())).startsWith("asked for ");

            assertThat(saving.begin(folder.resolve("second.json").toString()))
                    .isEqualTo("not yet: the report that goes to " + first + " is still on its way");
            answered.countDown();
            assertThat(Awaited.from(() -> saving.end(SHOWN))).startsWith("wrote " + first + ": ");
        }
    }

    @Test
    void nobodyIsAskedForAFileThatCannotBe() throws Exception {
        Path file = Files.createFile(folder.resolve("mine"));
        try (Asker asker = asker(SavingTest::nobody)) {
            Saving saving = new Saving(asker);

            assertThat(saving.begin(file.toString())).startsWith(file + " exists");
            assertThat(saving.begin("a\u0000b")).isEqualTo("'a\u0000b' is no file name");
            assertThat(saving.end(SHOWN)).isNull();
        }
    }

    private static Reading nobody() throws CannotAnswerException {
        throw new CannotAnswerException("JVM 42 stopped answering", "it may have ended");
    }

    private static String saved(Path file, Asked.Answering whole) {
        try (Asker asker = asker(whole)) {
            Saving saving = new Saving(asker);
            assertThat(saving.begin(file.toString())).isEqualTo("asked for the whole report, to be written to " + file);
            String said = Awaited.from(() -> saving.end(SHOWN));
            assertThat(saving.end(SHOWN)).as("told once").isNull();
            return said;
        }
    }

    /** Of which nothing is asked but what is wanted. */
    private static Asker asker(Asked.Answering whole) {
        return Asker.of(new Asked(() -> SHOWN, whole), Duration.ofHours(1));
    }

    private static Reading reading(Report report) {
        return new Reading(report, ReportJson.write(report));
    }
}
