// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.diagnosis.GivenReports;
import io.github.sockblame.agent.file.SpareDescriptors;
import io.github.sockblame.agent.log.InternalErrors;
import io.github.sockblame.report.ReportJson;
import io.github.sockblame.report.SampleReports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestsTest {

    @TempDir
    Path folder = Path.of("");

    private final GivenReports reports = new GivenReports();
    private Path file = Path.of("");
    private Requests requests = new Requests(new Request(file, "", file, new SpareDescriptors(1)), reports);

    @BeforeEach
    void place() {
        file = folder.resolve("asked");
        requests = new Requests(new Request(folder, "asked", Path.of("/proc/self"), new SpareDescriptors(1)), reports);
    }

    private void ask() throws IOException {
        Files.deleteIfExists(file);
        RequestTest.make(file, "rw-------");
    }

    @Test
    void noReportIsTakenUntilSomebodyAsks() {
        requests.openAhead();
        requests.look(1000);
        assertThat(reports.taken()).isZero();
    }

    @Test
    void whoAsksHasTheReport() throws Exception {
        reports.give(SampleReports.rich());
        ask();
        requests.look(1000);
        assertThat(ReportJson.read(Files.readString(file))).isEqualTo(SampleReports.rich());
        requests.look(100_000);
        assertThat(reports.taken()).as("answered once").isEqualTo(1);
    }

    @Test
    void whatIsNoRequestCostsNoReport() throws Exception {
        Files.createDirectory(file);
        for (int second = 0; second < 100; second++) {
            requests.look(1000L * second);
        }
        assertThat(reports.taken()).isZero();
    }

    @Test
    void whoAsksAgainAndAgainIsPutOffForTwoHundredTimesWhatAnAnswerTakes() throws Exception {
        reports.whileTaking(() -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(12)));
        ask();
        requests.look(1000);
        ask();
        requests.look(2900);
        assertThat(reports.taken()).isEqualTo(1);
        requests.look(9001);
        assertThat(reports.taken()).as("never longer than some seconds").isEqualTo(2);
    }

    @Test
    void aReportThatFailsIsToldInOneLine() throws Exception {
        long errors = InternalErrors.count();
        reports.fail(new StackOverflowError("for\nthe test"));
        ask();
        requests.look(1000);
        assertThat(file).hasContent("cannot answer: java.lang.StackOverflowError: for?the test\n");
        assertThat(InternalErrors.count() - errors).isEqualTo(1);
    }
}
