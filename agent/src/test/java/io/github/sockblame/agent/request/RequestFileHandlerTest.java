// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sockblame.agent.file.ReserveDescriptors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestFileHandlerTest {

    private static final Path SELF = Path.of("/proc/self");

    @TempDir
    Path folder = Path.of("");

    private Path file = Path.of("");
    private RequestFileHandler requestFileHandler = of(SELF);

    @BeforeEach
    void place() {
        file = folder.resolve("asked");
        requestFileHandler = of(SELF);
    }

    private RequestFileHandler of(Path self) {
        return new RequestFileHandler(folder, "asked", self, new ReserveDescriptors(1));
    }

    @Test
    void ownEmptyFileIsARequest() throws Exception {
        assertThat(requestFileHandler.isPending()).isFalse();
        make(file, "rw-------");
        assertThat(requestFileHandler.isPending()).isTrue();

        assertThat(requestFileHandler.answer(out -> out.write(new byte[] {'a', 'b'})))
                .isTrue();
        assertThat(file).hasContent("ab");
        assertThat(mode(file)).isEqualTo("r--------");
        assertThat(requestFileHandler.isPending()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw-rw----", "r--------", "rwx------", "-w-------", "rw-------t"})
    void anotherModeIsNone(String mode) throws Exception {
        make(file, "rw-------");
        if (mode.endsWith("t")) {
            Files.setAttribute(file, "unix:mode", 0_1600);
        } else {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        }
        assertThat(requestFileHandler.isPending()).isFalse();
    }

    @Test
    void aFileWithSomethingInItIsNone() throws Exception {
        make(file, "rw-------");
        Files.writeString(file, "precious");
        assertThat(requestFileHandler.isPending()).isFalse();
        assertThat(file).hasContent("precious");
    }

    @Test
    void aLinkIsNoneWhateverItLeadsTo() throws Exception {
        Path elsewhere = folder.resolve("elsewhere");
        make(elsewhere, "rw-------");
        Files.createSymbolicLink(file, elsewhere);
        assertThat(requestFileHandler.isPending()).isFalse();
        assertThat(requestFileHandler.answer(out -> out.write(1)))
                .as("nor if it comes after the look")
                .isFalse();
        assertThat(elsewhere).isEmptyFile();
        assertThat(mode(elsewhere)).isEqualTo("rw-------");

        Files.delete(elsewhere);
        assertThat(requestFileHandler.isPending()).isFalse();
        assertThat(requestFileHandler.answer(out -> out.write(1))).isFalse();
        assertThat(elsewhere).doesNotExist();
    }

    @Test
    void aFileWithAnotherNameIsNone() throws Exception {
        Path elsewhere = folder.resolve("elsewhere");
        make(elsewhere, "rw-------");
        Files.createLink(file, elsewhere);
        assertThat(requestFileHandler.isPending()).isFalse();
        Files.delete(elsewhere);
        assertThat(requestFileHandler.isPending()).isTrue();
    }

    @Test
    void aFolderIsNone() throws Exception {
        Files.createDirectory(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        assertThat(requestFileHandler.isPending()).isFalse();
    }

    @Test
    void aPipeIsNone() throws Exception {
        Process made = new ProcessBuilder("mkfifo", "-m", "600", file.toString()).start();
        assertThat(made.waitFor()).isZero();
        assertThat(requestFileHandler.isPending()).isFalse();
    }

    @Test
    void aFileOfAnotherUserIsNone() throws Exception {
        make(file, "rw-------");
        assertThat(requestFileHandler.isPending()).isTrue();
        assertThat(of(ofAnotherUser()).isPending()).isFalse();
    }

    /** Something that we do not own: as seen from that user, our file is another's. */
    private Path ofAnotherUser() throws IOException {
        Path root = Path.of("/");
        if (!Files.getAttribute(SELF, "unix:uid").equals(Files.getAttribute(root, "unix:uid"))) {
            return root;
        }
        Path given = Files.createFile(folder.resolve("given"));
        Files.setAttribute(given, "unix:uid", 1);
        return given;
    }

    @Test
    void requestInUnsafeFolderIsIgnored() throws Exception {
        make(file, "rw-------");
        Files.setAttribute(folder, "unix:mode", 0_777);
        assertThat(requestFileHandler.isPending()).isFalse();
        Files.setAttribute(folder, "unix:mode", 0_770);
        assertThat(requestFileHandler.isPending()).isFalse();
        Files.setAttribute(folder, "unix:mode", 0_1777);
        assertThat(requestFileHandler.isPending()).isTrue();
    }

    @Test
    void requestInAFolderOfAnotherUserIsIgnored() throws Exception {
        assumeTrue(Files.getAttribute(SELF, "unix:uid").equals(0), "only root can give a folder away");
        make(file, "rw-------");
        Files.setAttribute(folder, "unix:mode", 0_1777);
        Files.setAttribute(folder, "unix:uid", 1);
        assertThat(requestFileHandler.isPending()).isFalse();
    }

    @Test
    void noFileIsMadeForAnAnswer() throws Exception {
        assertThat(requestFileHandler.answer(out -> out.write(1))).isFalse();
        assertThat(file).doesNotExist();
    }

    @Test
    void anAnswerThatCannotBeWrittenIsNotMarked() throws Exception {
        Path full = Path.of("/dev");
        RequestFileHandler onFullDisk = new RequestFileHandler(full, "full", SELF, new ReserveDescriptors(1));
        assertThat(onFullDisk.isPending()).isFalse();
        assertThatThrownBy(() -> onFullDisk.answer(out -> out.write(1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No space left");
        assertThat(mode(full.resolve("full"))).isEqualTo("rw-rw-rw-");
    }

    @Test
    void aRehearsalLeavesARequestAlone() throws Exception {
        requestFileHandler.warmUp();
        assertThat(file).doesNotExist();
        make(file, "rw-------");
        requestFileHandler.warmUp();
        assertThat(requestFileHandler.isPending()).isTrue();
    }

    @Test
    void failedRequestHasEmptyAnswer() throws Exception {
        assertThatThrownBy(requestFileHandler::markFailed).isInstanceOf(NoSuchFileException.class);
        make(file, "rw-------");
        requestFileHandler.markFailed();
        assertThat(file).isEmptyFile();
        assertThat(mode(file)).isEqualTo("r--------");
    }

    static void make(Path file, String mode) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)));
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
