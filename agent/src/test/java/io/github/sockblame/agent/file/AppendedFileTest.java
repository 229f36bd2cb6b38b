// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppendedFileTest {

    @TempDir
    Path folder;

    @Test
    void aNewFileIsForItsOwnerAlone() throws IOException {
        Path file = folder.resolve("new");
        AppendedFile.writeNew(file, out -> out.write("content".getBytes(UTF_8)));

        assertThat(file).hasContent("content");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aNewFileReplacesNoFileAndFollowsNoLink() throws IOException {
        Path file = Files.writeString(folder.resolve("old"), "old");
        Path target = folder.resolve("target");
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);

        assertThatThrownBy(() -> AppendedFile.writeNew(file, out -> out.write(1)))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> AppendedFile.writeNew(link, out -> out.write(1)))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("old");
        assertThat(target).doesNotExist();
    }

    @Test
    void aFileWhoseContentFailsIsRemoved() {
        Path file = folder.resolve("half");

        assertThatThrownBy(() -> AppendedFile.writeNew(file, out -> {
                    out.write("half".getBytes(UTF_8));
                    throw new IOException("for the test");
                }))
                .hasMessage("for the test");
        assertThat(file).doesNotExist();
    }

    @Test
    void replacesTheContentOfAnExistingFileAndFollowsNoLink() throws IOException {
        Path file = Files.writeString(folder.resolve("old"), "a long old content");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        try (AppendedFile out = AppendedFile.replace(file)) {
            out.append("a".getBytes(UTF_8));
            out.append("b".getBytes(UTF_8));
            assertThat(out.length()).isEqualTo(2);
        }

        assertThat(file).hasContent("ab");
        assertThatThrownBy(() -> AppendedFile.replace(link)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> AppendedFile.replace(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void anInterruptedThreadWritesAndStaysInterrupted() throws IOException {
        Path file = folder.resolve("new");
        Thread.currentThread().interrupt();
        try {
            AppendedFile.writeNew(file, out -> out.write("content".getBytes(UTF_8)));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(file).hasContent("content");
    }
}
