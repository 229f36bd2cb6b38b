// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessStartTest {

    @TempDir
    Path folder = Path.of("");

    @Test
    void fieldsAfterAnyNameAreFound() throws Exception {
        String stat = "42 (a) S (b c) S 1 42 42 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 9 0 4711 99 100\n";

        assertThat(read(stat)).isEqualTo(new ProcessStart(42, 4711));
    }

    @Test
    void processOfThisTestIsFound() throws Exception {
        ProcessStart own = ProcessStart.read("/proc/self/stat");

        assertThat(own.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(own.ticks()).isPositive();
        assertThat(ProcessStart.parse(own.text())).isEqualTo(own);
    }

    @Test
    void otherTextIsNoProcess() {
        assertThat(ProcessStart.parse("")).isEqualTo(new ProcessStart(-1, -1));
        assertThat(ProcessStart.parse("42")).isEqualTo(new ProcessStart(-1, -1));
        assertThat(ProcessStart.parse("42 x")).isEqualTo(new ProcessStart(-1, -1));
        assertThatThrownBy(() -> read("")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read("42 (java) S 1 2")).isInstanceOf(IOException.class);
    }

    private ProcessStart read(String stat) throws IOException {
        return ProcessStart.read(Files.writeString(folder.resolve("stat"), stat).toString());
    }
}
