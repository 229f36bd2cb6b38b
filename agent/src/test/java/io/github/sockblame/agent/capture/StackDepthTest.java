// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StackDepthTest {

    @Test
    void jvmWithoutOptionsRecordsEnough() {
        assertThat(StackDepth.measure()).isGreaterThan(StackDepth.ENOUGH_FRAMES);
        assertThat(StackDepth.describeLimit(StackDepth.measure())).isNull();
        assertThat(StackDepth.describeLimit(StackDepth.ENOUGH_FRAMES)).isNull();
    }

    @Test
    void limitIsNamedWithItsOption() {
        assertThat(StackDepth.describeLimit(0))
                .isEqualTo(
                        "this JVM records none (-XX:-StackTraceInThrowable): sockets are counted and judged, and no code is"
                                + " named");
        assertThat(StackDepth.describeLimit(1))
                .isEqualTo(
                        "this JVM records only the innermost frame (-XX:MaxJavaStackTraceDepth=1): code further out is not"
                                + " named");
        assertThat(StackDepth.describeLimit(4))
                .startsWith("this JVM records only the innermost 4 frames (-XX:MaxJavaStackTraceDepth=4)");
    }
}
