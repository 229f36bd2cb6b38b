// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.log.InternalErrors;
import io.github.sockblame.agent.log.Log;
import io.github.sockblame.report.ProcessStart;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgentLifecycleTest {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream standardError = System.err;

    @BeforeEach
    void listen() {
        StatusProperties.FAILURES.set(0);
        Log.awaitPrinted(); // the lines of other tests
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setErr(standardError);
        StatusProperties.FAILURES.set(0);
        System.clearProperty(StatusProperties.STATUS_PROPERTY);
        System.clearProperty(StatusProperties.VERSION_PROPERTY);
        System.clearProperty(ProcessStart.PROPERTY);
    }

    @Test
    void failedStartReportsOnceAndLeavesNoThread() {
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
        assertThat(watchThreads() - threads).isLessThanOrEqualTo(0);
    }

    @Test
    void requestStartsNoAgent() {
        Instrumentation unused = (Instrumentation) Proxy.newProxyInstance(
                AgentLifecycleTest.class.getClassLoader(),
                new Class<?>[] {Instrumentation.class},
                (proxy, method, args) -> {
                    throw new AssertionError(method);
                });
        AgentLifecycle.start("request:report:0123456789abcdef:0", unused, true);
        AgentLifecycle.start("request:nonsense", unused, true);

        assertThat(System.getProperty(StatusProperties.STATUS_PROPERTY)).isNull();
        assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    /** A transformer of the program may never return. */
    @Test
    void detachHoldsUpNoOtherRequest() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger starts = new AtomicInteger();
        Instrumentation stalling = (Instrumentation) Proxy.newProxyInstance(
                AgentLifecycleTest.class.getClassLoader(),
                new Class<?>[] {Instrumentation.class},
                (proxy, method, args) -> {
                    switch (method.getName()) {
                        case "addTransformer" -> starts.incrementAndGet();
                        case "getAllLoadedClasses" -> {
                            return new Class<?>[0];
                        }
                        case "removeTransformer" -> {
                            begun.countDown();
                            goOn.await();
                            return true;
                        }
                        default -> throw new UnsupportedOperationException(method.getName());
                    }
                    return null;
                });
        AgentLifecycle.start("file.requests=false", stalling, false);
        assertThat(System.getProperty(StatusProperties.STATUS_PROPERTY)).isEqualTo("watching without file requests");
        AgentLifecycle running = requireNonNull(AgentLifecycle.current());
        FutureTask<String> first = new FutureTask<>(running::detach);
        FutureTask<String> second = new FutureTask<>(running::detach);
        FutureTask<Boolean> start = new FutureTask<>(() -> AgentLifecycle.start(null, stalling, true), true);
        try {
            new Thread(first, "first").start();
            begun.await();
            new Thread(second, "second").start();
            new Thread(start, "start").start();
            assertThat(second.get(1, TimeUnit.MINUTES))
                    .isEqualTo("another request is starting or detaching the agent now");
            assertThat(start.get(1, TimeUnit.MINUTES)).isTrue();
            assertThat(starts).hasValue(1);
            assertThat(System.getProperty(StatusProperties.STATUS_PROPERTY)).isEqualTo("detaching");
        } finally {
            goOn.countDown();
        }
        assertThat(first.get(1, TimeUnit.MINUTES)).startsWith("detached: ");
        assertThat(System.getProperty(StatusProperties.STATUS_PROPERTY)).isNull();
        assertThat(running.detach()).isEqualTo("detached already");
        assertThat(AgentLifecycle.current()).isNull();
    }

    private static long watchThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("sockblame-watch"))
                .count();
    }
}
