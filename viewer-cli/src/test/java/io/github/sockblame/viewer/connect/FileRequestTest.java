// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sockblame.report.FileFacts;
import io.github.sockblame.report.ReportJson;
import io.github.sockblame.viewer.fake.Reports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FileRequestTest {

    private static final Duration SHORT = Duration.ofMillis(200);

    @TempDir
    Path proc = Path.of("");

    private Path tmp = Path.of("");
    private Path file = Path.of("");
    private int uid;

    @BeforeEach
    void makeProcess() throws IOException {
        tmp = Files.createDirectories(proc.resolve("42/root/tmp"));
        file = tmp.resolve(".sockblame_7");
        uid = LocalProcess.uid(proc);
        Files.writeString(proc.resolve("42/status"), "Name:\tjava\nNSpid:\t42\t7\n");
    }

    @Test
    void theAnswerIsReadAndTheFileIsGone() throws Exception {
        CompletableFuture<FileFacts> asked = answer(ReportJson.write(Reports.leaky()));
        Reading reading = ask(Duration.ofSeconds(30));

        assertThat(reading.report()).isEqualTo(Reports.leaky());
        assertThat(asked.get(1, TimeUnit.SECONDS).isRequestOf(uid)).isTrue();
        assertThat(tmp).isEmptyDirectory();
    }

    @Test
    void itLiesWhereTheProcessLooksForIt() throws Exception {
        assertThat(FileRequest.to(process()).file()).isEqualTo(file);
        Files.writeString(proc.resolve("42/status"), "Name:\tjava\nNSpid:\t42\n");
        assertThat(FileRequest.to(process()).file()).isEqualTo(tmp.resolve(".sockblame_42"));
    }

    @Test
    void whenNobodyAnswersTheFileIsGone() {
        fails(
                () -> ask(SHORT),
                "JVM 42 did not answer the file " + file,
                "no working Sockblame agent",
                "ask.file=false");
        assertThat(tmp).isEmptyDirectory();
    }

    @Test
    void halfAnAnswerIsNone() throws Exception {
        CompletableFuture<Void> half = CompletableFuture.runAsync(() -> {
            awaitRequest();
            write("{");
        });
        fails(() -> ask(Duration.ofSeconds(2)), "did not answer");
        half.get(1, TimeUnit.SECONDS);
        assertThat(tmp).isEmptyDirectory();
    }

    @Test
    void whatIsNoReportIsOneLine() throws Exception {
        refused("cannot answer: java.lang.OutOfMemoryError: Java heap space\n")
                .isEqualTo("the agent in JVM 42 cannot answer: java.lang.OutOfMemoryError: Java heap space: try again");
        refused("{}").startsWith("the answer of JVM 42 is not a Sockblame report");
        refused("").startsWith("the agent in JVM 42 could not write its answer: see whether the disk");
    }

    private AbstractStringAssert<?> refused(String text) throws Exception {
        CompletableFuture<FileFacts> asked = answer(text);
        String message = "";
        try {
            Reading unused = ask(Duration.ofSeconds(30));
        } catch (CannotAnswerException e) {
            message = String.valueOf(e.getMessage());
        }
        assertThat(asked.get(1, TimeUnit.SECONDS)).isNotNull();
        assertThat(tmp).isEmptyDirectory();
        return assertThat(message);
    }

    @Test
    void aFileOfADeadViewerIsTakenAway() throws Exception {
        Files.createFile(file);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(90)));
        CompletableFuture<FileFacts> asked = answer(ReportJson.write(Reports.leaky()));
        assertThat(ask(Duration.ofSeconds(30)).report()).isEqualTo(Reports.leaky());
        assertThat(asked.get(1, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void anotherViewerIsWaitedForAndItsFileIsLeftAlone() throws Exception {
        Files.writeString(file, "an answer of another's");
        fails(() -> ask(SHORT), "another sockblame asks JVM 42 by " + file);
        assertThat(file).hasContent("an answer of another's");

        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
            LockSupport.parkNanos(SHORT.toNanos());
            delete();
            awaitRequest();
            write(ReportJson.write(Reports.leaky()));
            finish();
        });
        assertThat(ask(Duration.ofSeconds(30)).report()).isEqualTo(Reports.leaky());
        other.get(1, TimeUnit.SECONDS);
    }

    @Test
    void whatSomebodyElseMadeIsInTheWay() throws Exception {
        Path precious = Files.writeString(proc.resolve("precious"), "precious");
        Files.createSymbolicLink(file, precious);
        fails(() -> ask(SHORT), file + " is in the way", "remove it");
        assertThat(precious).hasContent("precious");
        Files.delete(file);
        Files.createDirectory(file);
        fails(() -> ask(SHORT), file + " is in the way");
        assertThat(file).isDirectory();
    }

    @Test
    void withoutAPlaceForTheFileItIsOneLine() throws Exception {
        Path elsewhere = Files.createDirectory(proc.resolve("elsewhere"));
        Files.delete(tmp);
        fails(() -> ask(SHORT), "JVM 42 has no folder /tmp");
        Files.createSymbolicLink(tmp, elsewhere);
        fails(() -> ask(SHORT), "JVM 42 has no folder /tmp");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void aJvmThatEndsIsNotWaitedFor() throws Exception {
        // what is below root is the same file system as before, as for a container that goes on
        Path elsewhere = Files.move(proc.resolve("42/root"), proc.resolve("root"));
        Files.createSymbolicLink(proc.resolve("42/root"), elsewhere);
        CompletableFuture<Void> end = CompletableFuture.runAsync(() -> {
            FileFacts unused = awaitRequest();
            rename(proc.resolve("42"), proc.resolve("43"));
        });
        fails(() -> ask(Duration.ofSeconds(30)), "JVM 42 has ended");
        end.get(1, TimeUnit.SECONDS);
    }

    @Test
    void aFileThatIsTakenAwayIsOneLine() throws Exception {
        CompletableFuture<Void> thief = CompletableFuture.runAsync(() -> {
            FileFacts unused = awaitRequest();
            delete();
        });
        fails(() -> ask(Duration.ofSeconds(30)), file + " was taken away before it was answered");
        thief.get(1, TimeUnit.SECONDS);
    }

    @Test
    void rootGivesTheFileToTheUserOfTheJvm() throws Exception {
        assumeTrue(uid == 0, "only root can");
        Files.setAttribute(proc.resolve("42"), "unix:uid", 1);
        CompletableFuture<FileFacts> asked = answer(ReportJson.write(Reports.leaky()));
        assertThat(ask(Duration.ofSeconds(30)).report()).isEqualTo(Reports.leaky());
        assertThat(asked.get(1, TimeUnit.SECONDS).isRequestOf(1)).isTrue();
    }

    @Test
    void rootGivesNothingAwayWhereOthersMayPutSomethingInItsPlace() throws Exception {
        assumeTrue(uid == 0, "only root can");
        Files.setAttribute(proc.resolve("42"), "unix:uid", 1);
        Files.setAttribute(tmp, "unix:mode", 0_777);
        fails(() -> ask(SHORT), "root must not give a file away", "run sockblame as the user of JVM 42");
        Files.setAttribute(tmp, "unix:mode", 0_1777);
        Files.setAttribute(tmp, "unix:uid", 1);
        fails(() -> ask(SHORT), "root must not give a file away");
        assertThat(tmp).isEmptyDirectory();
    }

    private Reading ask(Duration patience) throws CannotAnswerException {
        return FileRequest.to(process(), patience).ask();
    }

    private LocalProcess process() {
        return LocalProcess.of(42, proc, uid);
    }

    private static void fails(ThrowingCallable asking, String... parts) {
        assertThatThrownBy(asking).isInstanceOf(CannotAnswerException.class).hasMessageContainingAll(parts);
    }

    /** Answers as an agent does, and gives what it found. */
    private CompletableFuture<FileFacts> answer(String text) {
        return CompletableFuture.supplyAsync(() -> {
            FileFacts asked = awaitRequest();
            write(text);
            finish();
            return asked;
        });
    }

    private FileFacts awaitRequest() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() - deadline < 0) {
            try {
                FileFacts facts = FileFacts.of(file, LinkOption.NOFOLLOW_LINKS);
                if (facts.isRequestOf(LocalProcess.uid(proc.resolve("42")))) {
                    return facts;
                }
            } catch (IOException e) {
                // not yet
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("nobody asks");
    }

    private void write(String text) {
        try {
            Files.write(file, text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void finish() {
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void delete() {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void rename(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
