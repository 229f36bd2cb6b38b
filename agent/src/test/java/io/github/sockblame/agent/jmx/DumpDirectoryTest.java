// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.jmx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.sockblame.agent.file.FileContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DumpDirectoryTest {

    @TempDir
    Path folder;

    @Test
    void writesAFileForItsOwnerAlone() throws IOException {
        Path file = new DumpDirectory(folder).write("report-1_a.json", text("{\"ä\":1}"));

        assertThat(file).isEqualTo(folder.resolve("report-1_a.json")).isAbsolute();
        assertThat(Files.readString(file)).isEqualTo("{\"ä\":1}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void writesForAnInterruptedThreadAndLeavesItInterrupted() throws IOException {
        String content = "x".repeat(300_000);
        Thread.currentThread().interrupt();
        Path file;
        try {
            file = new DumpDirectory(folder).write("report.json", text(content));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(Files.readString(file)).isEqualTo(content);
    }

    @Test
    void writesNothingWithoutAFolder() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DumpDirectory(null).write("report.json", text("")))
                .withMessageContaining("dump.dir=FOLDER");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ".", "..", "../x", "/etc/x", "a/b", "a\\b", ".hidden", "a b", "a\nb", "a\0b", "a%00", "~", "*",
                "a:b"
            })
    void takesPlainNamesOnly(String name) throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DumpDirectory(folder).write(name, text("x")))
                .withMessageStartingWith("not a plain file name");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void takesNamesOfTwoHundredCharactersAndNoMore() {
        assertThat(new DumpDirectory(folder).write("a".repeat(200), text("x"))).exists();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DumpDirectory(folder).write("a".repeat(201), text("x")))
                .withMessageStartingWith("not a plain file name");
    }

    @Test
    void overwritesNothing() throws IOException {
        Path file = Files.writeString(folder.resolve("report.json"), "precious");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DumpDirectory(folder).write("report.json", text("x")))
                .withMessageContaining("exists already");
        assertThat(file).hasContent("precious");
    }

    @Test
    void followsNoLink() throws IOException {
        Path precious = folder.resolve("elsewhere");
        Files.createSymbolicLink(folder.resolve("dangling.json"), precious);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DumpDirectory(folder).write("dangling.json", text("x")));
        assertThat(precious).doesNotExist();
    }

    @Test
    void failedWriteNamesReason() {
        Path missing = folder.resolve("missing");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DumpDirectory(missing).write("report.json", text("x")))
                .withMessage("cannot write " + missing.resolve("report.json") + ": no such folder");
    }

    @Test
    void aFolderIsTakenAsItIsWhenItIsUsed() {
        Path roundabout = folder.resolve("x").resolve("..");

        assertThat(new DumpDirectory(roundabout).write("report.json", text("x")))
                .isEqualTo(folder.resolve("report.json"));
    }

    private static FileContent text(String text) {
        return stream -> stream.write(text.getBytes(UTF_8));
    }
}
