// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.log.InternalErrors;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgentLifecycleTest {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream standardError = System.err;

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setErr(standardError);
        System.clearProperty(StatusProperties.STATUS_PROPERTY);
        System.clearProperty(StatusProperties.VERSION_PROPERTY);
    }

    @Test
    void failedStartReportsOnceAndLeavesOneThread() {
        long errors = InternalErrors.total();
        Instrumentation useless = (Instrumentation) Proxy.newProxyInstance(
                AgentLifecycleTest.class.getClassLoader(),
                new Class<?>[] {Instrumentation.class},
                (proxy, method, args) -> {
                    throw new UnsupportedOperationException("in this\nJVM");
                });
        long threads = watchThreads();
        for (int i = 0; i < 3; i++) {
            AgentLifecycle.start(null, useless, true);
        }

        assertThat(said.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .isEqualTo("sockblame: agent disabled; the program continues without it: "
                        + "java.lang.UnsupportedOperationException: in this JVM");
        assertThat(System.getProperty(StatusProperties.STATUS_PROPERTY))
                .isEqualTo("failed: java.lang.UnsupportedOperationException: in this JVM");
        assertThat(InternalErrors.total()).isGreaterThan(errors);
        assertThat(watchThreads() - threads).isEqualTo(1);
    }

    private static long watchThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("sockblame-watch"))
                .count();
    }
}
