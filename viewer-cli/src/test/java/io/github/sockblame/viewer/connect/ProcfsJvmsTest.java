// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcfsJvmsTest {

    private static final String LIBRARY =
            "7f0-7f1 r-xp 00000000 08:01 4712          /usr/lib/jvm/lib/server/libjvm.so\n";

    @TempDir
    Path proc = Path.of("");

    @BeforeEach
    void makeProcesses() throws IOException {
        process("41", "sh\0-c\0java -jar other.jar\0", "7f0-7f1 r-xp 00000000 08:01 4711          /bin/dash\n");
        process("42", "java\0-XX:-UsePerfData\0-jar\0/opt/shop.jar\0secret\0", LIBRARY);
        process("43", "java\0-jar\0known.jar\0", LIBRARY);
        process("44", "", LIBRARY); // it is ending
        process("99999999999999999999", "java\0-jar\0hostile.jar\0", LIBRARY);
        Files.createDirectory(proc.resolve("45")); // it has ended
        Files.createDirectory(proc.resolve("sys"));
    }

    @Test
    void jvmIsFoundByItsLibrary() throws IOException {
        assertThat(jvms(0)).containsExactly(new Jvm(42, "shop.jar"));
    }

    @Test
    void processOfAnotherUserIsNotRead() throws IOException {
        assertThat(jvms(1)).isEmpty();
    }

    @Test
    void withoutProcfsThereIsNone() throws IOException {
        int uid = LocalProcess.uid(proc);
        assertThat(new ProcfsJvms(proc.resolve("absent"), uid).listWithout(Set.of()))
                .isEmpty();
    }

    private List<Jvm> jvms(int uidsAway) throws IOException {
        return new ProcfsJvms(proc, LocalProcess.uid(proc) + uidsAway).listWithout(Set.of(43L));
    }

    private void process(String name, String commandLine, String maps) throws IOException {
        Path folder = Files.createDirectory(proc.resolve(name));
        Files.writeString(folder.resolve("cmdline"), commandLine);
        Files.writeString(folder.resolve("maps"), maps);
    }
}
