// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetaspaceLimitTest {

    @Test
    void smallLimitIsAnObstacle() {
        assertThat(MetaspaceLimit.obstacle(List.of("-Xmx1g", "-XX:MaxMetaspaceSize=9m"), 10))
                .isEqualTo("-XX:MaxMetaspaceSize=9m leaves too little room for the agent's classes,"
                        + " which need about 12.0 MB");
        assertThat(MetaspaceLimit.obstacle(List.of("-XX:CompressedClassSpaceSize=512k"), 10))
                .startsWith("-XX:CompressedClassSpaceSize=512k leaves too little room");
    }

    @Test
    void largeLimitIsNone() {
        assertThat(MetaspaceLimit.obstacle(List.of("-XX:MaxMetaspaceSize=64m"), 100))
                .isNull();
        assertThat(MetaspaceLimit.obstacle(List.of("-XX:CompressedClassSpaceSize=8m"), 100))
                .isNull();
        assertThat(MetaspaceLimit.obstacle(List.of(), 1_000_000)).isNull();
    }

    @Test
    void theClassesOfTheProgramCount() {
        assertThat(MetaspaceLimit.obstacle(List.of("-XX:MaxMetaspaceSize=64m"), 20_000))
                .isNotNull();
    }

    @Test
    void theLastOptionCounts() {
        assertThat(MetaspaceLimit.obstacle(List.of("-XX:MaxMetaspaceSize=9m", "-XX:MaxMetaspaceSize=90m"), 0))
                .isNull();
    }

    @Test
    void argumentsOfTheProgramAreNoOptions() {
        assertThat(MetaspaceLimit.ofCommandLine("java\0-Xmx1g\0-cp\0a:b\0com.acme.Main\0-XX:MaxMetaspaceSize=1m\0"))
                .containsExactly("-Xmx1g");
        assertThat(MetaspaceLimit.ofCommandLine("java\0@file\0-XX:MaxMetaspaceSize=1m\0-jar\0a.jar\0-Xmx1m\0"))
                .containsExactly("@file", "-XX:MaxMetaspaceSize=1m", "-jar");
    }

    @ParameterizedTest
    @CsvSource({"9m, 9437184", "9M, 9437184", "512k, 524288", "1g, 1073741824", "77, 77", "x, -1", "9mb, -1", "'', -1"})
    void sizeIsReadAsTheJvmReadsIt(String text, long bytes) {
        assertThat(MetaspaceLimit.bytes(text)).isEqualTo(bytes);
    }

    /** JDK 17 with {@code -Xcheck:jni} warns of its own code if the classes are counted. */
    @Test
    void withoutALimitNoClassIsCounted() {
        Instrumentation uncalled = (Instrumentation) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Instrumentation.class}, (proxy, method, arguments) -> {
                    throw new AssertionError(method);
                });

        assertThat(MetaspaceLimit.obstacle(uncalled)).isNull();
    }
}
