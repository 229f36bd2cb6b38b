// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.fd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitialDescriptorsTest {

    @TempDir
    Path folder;

    @Test
    void openNumbersAreIn() throws IOException {
        Files.createSymbolicLink(folder.resolve("0"), Path.of("/dev/null"));
        Files.createSymbolicLink(folder.resolve("17"), Path.of("/dev/null"));
        InitialDescriptors initial = InitialDescriptors.in(folder.toFile());

        assertThat(initial.contains(0)).isTrue();
        assertThat(initial.contains(17)).isTrue();
        assertThat(initial.contains(1)).isFalse();
    }

    /** A program may get the same number for its next file. */
    @Test
    void numberThatTheListingItselfUsedIsNotIn() throws IOException {
        Files.createSymbolicLink(folder.resolve("5"), folder.resolve("gone"));

        assertThat(InitialDescriptors.in(folder.toFile()).contains(5)).isFalse();
    }

    /** The JVM closes the agent's jar after it has read the manifest, and a socket may get the number. */
    @Test
    void numbersOfFilesAndFoldersAreNotIn() throws IOException {
        Files.createFile(folder.resolve("5"));
        Files.createDirectory(folder.resolve("6"));
        InitialDescriptors initial = InitialDescriptors.in(folder.toFile());

        assertThat(initial.contains(5)).isFalse();
        assertThat(initial.contains(6)).isFalse();
    }

    @Test
    void folderThatCannotBeListedMeansAll() {
        InitialDescriptors initial = InitialDescriptors.in(new File(folder.toFile(), "missing"));

        assertThat(initial.contains(5)).isTrue();
    }
}
