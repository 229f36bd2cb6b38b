// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherUsersTest {

    @TempDir
    Path proc = Path.of("");

    private int owner;

    @BeforeEach
    void readOwner() throws Exception {
        owner = LocalProcess.uid(proc);
    }

    @Test
    void jvmsOfOthersAreCounted() throws Exception {
        process(42, "java");
        process(43, "bash");
        assertThat(OtherUsers.note(proc, owner + 1))
                .isEqualTo("1 JVM of another user is not shown: run sockblame as their user or as root");
        process(44, "java");
        assertThat(OtherUsers.note(proc, owner + 1)).startsWith("2 JVMs of other users are not shown: ");
    }

    @Test
    void nothingIsSaidOfOwnJvmsAndToRoot() throws Exception {
        assertThat(OtherUsers.note(proc, owner + 1)).isNull();
        process(42, "java");
        assertThat(OtherUsers.note(proc, owner)).isNull();
        assertThat(OtherUsers.note(proc, 0)).isNull();
        assertThat(OtherUsers.note(proc.resolve("none"), owner + 1)).isNull();
    }

    @Test
    void hiddenProcessesAreStated() throws Exception {
        Files.createDirectory(proc.resolve("self"));
        Files.writeString(proc.resolve("self/mounts"), "proc /proc proc rw,hidepid=invisible 0 0\n");

        assertThat(OtherUsers.note(proc, owner + 1))
                .isEqualTo(
                        "JVMs of other users are not shown, because /proc hides them (hidepid): run sockblame as their"
                                + " user or as root");
    }

    private void process(int pid, String command) throws Exception {
        Path folder = Files.createDirectory(proc.resolve(Integer.toString(pid)));
        Files.writeString(folder.resolve("comm"), command + "\n");
    }
}
