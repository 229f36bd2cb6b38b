// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.file.ReserveDescriptors;
import io.github.sockblame.agent.log.InternalErrors;
import io.github.sockblame.agent.service.FixedReportService;
import io.github.sockblame.report.FileDescriptors;
import io.github.sockblame.report.RequestFile;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.json.ReportJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractPathAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRequestServerTest {

    private static final String FORBIDDEN = "-XX:+DisableAttachMechanism";
    private static final String ALLOWED = "-XX:-DisableAttachMechanism";

    @TempDir
    Path folder = Path.of("");

    private final FixedReportService reports = new FixedReportService();
    private Path file = Path.of("");
    private long nanos = Long.MAX_VALUE - 5; // it overflows some day
    private FileRequestServer fileRequestServer = server(false);

    @BeforeEach
    void place() {
        file = folder.resolve("asked");
        fileRequestServer = server(false);
    }

    private FileRequestServer server(boolean isSetByUser, String... jvmArguments) {
        RequestFileHandler requestFileHandler =
                new RequestFileHandler(folder, "asked", Path.of("/proc/self"), new ReserveDescriptors(1));
        FileRequestRule rule = new FileRequestRule(isSetByUser, () -> List.of(jvmArguments));
        FileRequestServer server = new FileRequestServer(requestFileHandler, reports, this::nanoTime, rule);
        server.openFilesEarly();
        return server;
    }

    private long nanoTime() {
        return nanos;
    }

    private void ask() throws IOException {
        Files.deleteIfExists(file);
        RequestFileHandlerTest.make(file, "rw-------");
    }

    @Test
    void noRequestCausesNoReport() {
        fileRequestServer.openFilesEarly();
        fileRequestServer.poll(1000);
        assertThat(reports.taken()).isZero();
    }

    @Test
    void requestReceivesReport() throws Exception {
        reports.give(SampleReports.rich());
        ask();
        fileRequestServer.poll(1000);
        assertThat(ReportJson.read(Files.readString(file))).isEqualTo(SampleReports.rich());
        fileRequestServer.poll(100_000);
        assertThat(reports.taken()).as("answered once").isEqualTo(1);
    }

    @Test
    void requestIsRefusedWhereAttachIsForbidden() throws Exception {
        give(1_000, 1_016);
        answers(server(false, "-Xmx1g", FORBIDDEN)).hasContent(RequestFile.ATTACH_DISABLED + "\n");
        answers(server(false, FORBIDDEN, FORBIDDEN, ALLOWED, FORBIDDEN)).hasContent(RequestFile.ATTACH_DISABLED + "\n");
    }

    @Test
    void requestIsAnsweredWhereTheUserAllowsItOrAttachWouldFail() throws Exception {
        give(1_000, 1_016);
        answers(server(true, FORBIDDEN)).content().startsWith("{");
        answers(server(false, FORBIDDEN, ALLOWED)).content().startsWith("{");
        give(1_000, -1);
        answers(server(false, FORBIDDEN)).hasContent(RequestFile.ATTACH_DISABLED + "\n");
        give(1_000, 1_015);
        answers(server(false, FORBIDDEN)).content().startsWith("{");
    }

    private void give(long open, long limit) {
        reports.give(SampleReports.quiet()
                .fileDescriptors(new FileDescriptors(open, limit))
                .build());
    }

    private AbstractPathAssert<?> answers(FileRequestServer server) throws IOException {
        ask();
        server.poll(1000);
        return assertThat(file);
    }

    @Test
    void folderInPlaceCausesNoReport() throws Exception {
        Files.createDirectory(file);
        for (int second = 0; second < 100; second++) {
            fileRequestServer.poll(1000L * second);
        }
        assertThat(reports.taken()).isZero();
    }

    @Test
    void repeatedRequestsWaitForDutyCycle() throws Exception {
        reports.whileTaking(() -> nanos += TimeUnit.MILLISECONDS.toNanos(12));
        ask();
        fileRequestServer.poll(1000);
        ask();
        fileRequestServer.poll(1000 + 2399);
        assertThat(reports.taken()).isEqualTo(1);
        fileRequestServer.poll(1000 + 2400);
        assertThat(reports.taken()).isEqualTo(2);
    }

    @Test
    void noneIsPutOffForLongerThanSomeSeconds() throws Exception {
        reports.whileTaking(() -> nanos += TimeUnit.HOURS.toNanos(1));
        ask();
        fileRequestServer.poll(1000);
        ask();
        fileRequestServer.poll(1000 + 4999);
        assertThat(reports.taken()).isEqualTo(1);
        fileRequestServer.poll(1000 + 5000);
        assertThat(reports.taken()).isEqualTo(2);
    }

    @Test
    void failedReportIsAnsweredInOneLine() throws Exception {
        long errors = InternalErrors.total();
        reports.fail(new StackOverflowError("for\nthe test"));
        ask();
        fileRequestServer.poll(1000);
        assertThat(file).hasContent("cannot answer: java.lang.StackOverflowError: for?the test\n");
        assertThat(InternalErrors.total() - errors).isEqualTo(1);
    }
}
