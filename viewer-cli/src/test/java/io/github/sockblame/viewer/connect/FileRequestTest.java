// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sockblame.report.FileStat;
import io.github.sockblame.report.json.ReportJson;
import io.github.sockblame.viewer.fake.Reports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class FileRequestTest {

    @TempDir
    Path proc = Path.of("");

    private Path tmp = Path.of("");
    private Path file = Path.of("");
    private int uid;
    private final Deque<Runnable> whileWaiting = new ArrayDeque<>();
    private long waited;

    /** Passes at once, and in each something happens as long as something is left to. */
    private final Pauses pauses = new Pauses() {
        @Override
        long nanoTime() {
            return waited;
        }

        @Override
        void pause(long nanos) {
            waited += nanos;
            Runnable happening = whileWaiting.poll();
            if (happening != null) {
                happening.run();
            }
        }
    };

    @BeforeEach
    void makeProcess() throws IOException {
        tmp = Files.createDirectories(proc.resolve("42/root/tmp"));
        file = tmp.resolve(".sockblame_7");
        uid = LocalProcess.uid(proc);
        Files.setAttribute(tmp, "unix:mode", 0_1777);
        Files.writeString(proc.resolve("42/status"), "Name:\tjava\nNSpid:\t42\t7\n");
    }

    @Test
    void theAnswerIsReadAndTheFileIsGone() throws Exception {
        whileWaiting.add(() -> answer(ReportJson.write(Reports.leaky())));
        assertThat(ask().report()).isEqualTo(Reports.leaky());

        assertThat(whileWaiting).isEmpty();
        assertThat(tmp).isEmptyDirectory();
    }

    @Test
    void requestFileIsInFolderOfProcess() throws Exception {
        assertThat(FileRequest.to(process()).file()).isEqualTo(file);
        Files.writeString(proc.resolve("42/status"), "Name:\tjava\nNSpid:\t42\n");
        assertThat(FileRequest.to(process()).file()).isEqualTo(tmp.resolve(".sockblame_42"));
    }

    @Test
    void unansweredRequestFileIsDeleted() {
        fails(
                this::ask,
                "JVM 42 did not answer the request file " + file + " within 20 s",
                "has a working agent",
                "file.requests=false");
        assertThat(Duration.ofNanos(waited)).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(21));
        assertThat(tmp).isEmptyDirectory();
    }

    @Test
    void halfAnAnswerIsNone() {
        whileWaiting.add(() -> write("{"));
        fails(this::ask, "did not answer");
        assertThat(whileWaiting).isEmpty();
        assertThat(tmp).isEmptyDirectory();
    }

    @Test
    void malformedAnswerFailsInOneLine() throws Exception {
        refused("cannot answer: java.lang.OutOfMemoryError: Java heap space\n")
                .isEqualTo("the agent in JVM 42 cannot answer: java.lang.OutOfMemoryError: Java heap space: try again");
        refused("{}").startsWith("the answer of JVM 42 is not a Sockblame report");
        refused("").startsWith("the agent in JVM 42 could not write its answer: check whether the disk");
    }

    private AbstractStringAssert<?> refused(String text) {
        whileWaiting.add(() -> answer(text));
        String message = "";
        try {
            FetchedReport unused = ask();
        } catch (CannotAnswerException e) {
            message = String.valueOf(e.getMessage());
        }
        assertThat(whileWaiting).isEmpty();
        assertThat(tmp).isEmptyDirectory();
        return assertThat(message);
    }

    @Test
    void aFileOfADeadViewerIsTakenAway() throws Exception {
        Files.createFile(file);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(90)));
        whileWaiting.add(() -> answer(ReportJson.write(Reports.leaky())));
        assertThat(ask().report()).isEqualTo(Reports.leaky());
    }

    @Test
    void anotherViewerIsWaitedForAndItsFileIsLeftAlone() throws Exception {
        Files.writeString(file, "an answer of another's");
        fails(this::ask, "another sockblame uses the request file " + file);
        assertThat(file).hasContent("an answer of another's");

        whileWaiting.add(this::delete);
        whileWaiting.add(() -> answer(ReportJson.write(Reports.leaky())));
        assertThat(ask().report()).isEqualTo(Reports.leaky());
    }

    @Test
    void foreignFileBlocksRequest() throws Exception {
        Path precious = Files.writeString(proc.resolve("precious"), "precious");
        Files.createSymbolicLink(file, precious);
        fails(this::ask, file + " is in the way", "remove it");
        assertThat(precious).hasContent("precious");
        Files.delete(file);
        Files.createDirectory(file);
        fails(this::ask, file + " is in the way");
        assertThat(file).isDirectory();
    }

    @Test
    void withoutAPlaceForTheFileItIsOneLine() throws Exception {
        Path elsewhere = Files.createDirectory(proc.resolve("elsewhere"));
        Files.delete(tmp);
        fails(this::ask, "JVM 42 has no folder /tmp");
        Files.createSymbolicLink(tmp, elsewhere);
        fails(this::ask, "JVM 42 has no folder /tmp");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void aJvmThatEndsIsNotWaitedFor() throws Exception {
        // what is below root is the same file system as before, as for a container that goes on
        Path elsewhere = Files.move(proc.resolve("42/root"), proc.resolve("root"));
        Files.createSymbolicLink(proc.resolve("42/root"), elsewhere);
        whileWaiting.add(() -> rename(proc.resolve("42"), proc.resolve("43")));
        fails(this::ask, "JVM 42 has ended");
        assertThat(elsewhere.resolve("tmp")).as("its path is gone").isEmptyDirectory();
    }

    @Test
    void aFileThatIsTakenAwayIsOneLine() {
        whileWaiting.add(this::delete);
        fails(this::ask, file + " was removed before the agent answered");
    }

    @Test
    void rootGivesTheFileToTheUserOfTheJvm() throws Exception {
        assumeTrue(uid == 0, "only root can");
        Files.setAttribute(proc.resolve("42"), "unix:uid", 1);
        whileWaiting.add(() -> answer(ReportJson.write(Reports.leaky())));
        assertThat(ask().report()).isEqualTo(Reports.leaky());
        assertThat(whileWaiting).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0755, 0", "0777, 0", "01755, 0", "01777, 1", "0755, 1"}) // the first one is as /etc is
    void rootMakesNoFileInAFolderThatIsNotAsTmpIs(String mode, int owner) throws Exception {
        assumeTrue(uid == 0, "only root can");
        for (int user : new int[] {0, 1}) {
            Files.setAttribute(proc.resolve("42"), "unix:uid", user);
            Files.setAttribute(tmp, "unix:uid", owner);
            Files.setAttribute(tmp, "unix:mode", Integer.parseInt(mode, 8));
            FileTime untouched = FileTime.from(Instant.EPOCH);
            Files.setLastModifiedTime(tmp, untouched);

            fails(this::ask, tmp + " is not a folder of root with mode 1777", "run sockblame as the user of JVM 42");

            assertThat(waited).isZero();
            assertThat(Files.getLastModifiedTime(tmp))
                    .as("nothing was made or removed")
                    .isEqualTo(untouched);
        }
    }

    @Test
    void folderThatIsSwappedIsLeftAlone() throws Exception {
        Path moved = proc.resolve("moved");
        Path precious = Files.createDirectory(proc.resolve("precious"));
        Path bystander = Files.writeString(precious.resolve(".sockblame_7"), "precious");
        whileWaiting.add(() -> {
            answer(ReportJson.write(Reports.leaky()));
            rename(tmp, moved);
            link(tmp, precious);
        });

        assertThat(ask().report()).isEqualTo(Reports.leaky());

        assertThat(moved).isEmptyDirectory();
        assertThat(bystander).hasContent("precious");
    }

    @Test
    void pipeInPlaceOfTheAnswerDoesNotBlock() throws Exception {
        whileWaiting.add(() -> {
            delete();
            pipe(file);
        });
        fails(this::ask, "did not answer the request file");
        assertThat(tmp).isEmptyDirectory();
    }

    private FetchedReport ask() throws CannotAnswerException {
        return SavedReport.parse(FileRequest.to(process(), pauses).answer(null), "the answer of JVM 42");
    }

    private LocalProcess process() {
        return LocalProcess.of(42, proc, uid);
    }

    private static void fails(ThrowingCallable asking, String... parts) {
        assertThatThrownBy(asking).isInstanceOf(CannotAnswerException.class).hasMessageContainingAll(parts);
    }

    /** Answers as an agent does, once it has seen that it is asked. */
    private void answer(String text) {
        try {
            FileStat asked = FileStat.of(file, LinkOption.NOFOLLOW_LINKS);
            assertThat(asked.isRequestOf(LocalProcess.uid(proc.resolve("42")))).isTrue();
            write(text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void write(String text) {
        try {
            Files.write(file, text.getBytes(UTF_8));
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

    private static void link(Path link, Path target) {
        try {
            Files.createSymbolicLink(link, target);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void pipe(Path file) {
        try {
            Process made = new ProcessBuilder("mkfifo", "-m", "400", file.toString()).start();
            assertThat(made.waitFor()).isZero();
        } catch (IOException | InterruptedException e) {
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
