// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Program;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FileRouteTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void startTimeIdentifiesJvm() {
        Program program = program(START, START.plusSeconds(60));
        assertThat(FileRoute.startedAt(program, START.plusMillis(1010))).isTrue();
        assertThat(FileRoute.startedAt(program, START.minusSeconds(5))).isFalse();
        assertThat(FileRoute.startedAt(program, START.plusSeconds(5))).isFalse();
    }

    @Test
    void unknownStartTimeMatchesAnyJvm() {
        assertThat(FileRoute.startedAt(program(START, START), START.minusSeconds(60)))
                .isTrue();
    }

    private static Program program(Instant started, Instant watched) {
        return new Program(1, "shop.jar", "a JVM", started, watched, false);
    }
}
