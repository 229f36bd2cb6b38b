// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcStatusTest {

    @TempDir
    Path proc = Path.of("");

    @Test
    void fieldsOfAProcessInAContainer() throws Exception {
        ProcStatus status =
                read("Name:\tjava\nState:\tt (tracing stop)\nNSpid:\t42\t13\t1\nSigCgt:\t0000000000000004\n");

        assertThat(status.isStopped()).isTrue();
        assertThat(status.pids()).containsExactly(42L, 13L, 1L);
        assertThat(status.innermostPid()).isEqualTo(1);
        assertThat(status.isInNamespace()).isTrue();
        assertThat(status.catchesQuit()).isTrue();
    }

    @Test
    void missingFieldsHaveDefaults() throws Exception {
        ProcStatus status = read("Name:\tjava\nno colon\n");

        assertThat(status.isStopped()).isFalse();
        assertThat(status.innermostPid()).as("an old kernel has no NSpid").isEqualTo(42);
        assertThat(status.isInNamespace()).isFalse();
        assertThat(status.catchesQuit()).isFalse();
    }

    @Test
    void badNumberIsAnIoError() {
        assertThatThrownBy(() -> read("NSpid:\tx\n")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read("SigCgt:\t\n")).isInstanceOf(IOException.class);
    }

    private ProcStatus read(String status) throws IOException {
        Path folder = Files.createDirectories(proc.resolve("42"));
        Files.writeString(folder.resolve("status"), status);
        return ProcStatus.read(folder);
    }
}
