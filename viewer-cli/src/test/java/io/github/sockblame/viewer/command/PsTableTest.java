// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.viewer.connect.Jvm;
import io.github.sockblame.viewer.connect.Jvms.JvmStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class PsTableTest {

    private final List<JvmStatus> jvms = List.of(
            new JvmStatus(new Jvm(42, "shop.jar"), null, null, "/tmp of JVM 42 is not writable"),
            new JvmStatus(new Jvm(43, "red\u001b[31m"), null, "no permission", null));

    @Test
    void obstaclesAndProblemsFollowTheRows() {
        assertThat(PsTable.text(jvms)).isEqualTo("""
                        PID      AGENT  MAIN
                        42       -      shop.jar
                        43       ?      red?[31m
                        cannot attach to 42: /tmp of JVM 42 is not writable
                        ? = no permission
                        """);
    }

    @Test
    void jsonHasBoth() {
        assertThat(PsTable.json(jvms))
                .contains("\"agent\":null,\"problem\":null,\"obstacle\":\"/tmp of JVM 42 is not writable\"")
                .contains("\"problem\":\"no permission\",\"obstacle\":null");
    }
}
