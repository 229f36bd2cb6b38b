// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.AgentHealthChecks;
import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.Output;
import io.github.sockblame.it.harness.QuietSnapshot;
import io.github.sockblame.it.harness.RemoteJmx;
import io.github.sockblame.it.harness.Requires;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.scenario.kind.BlockingSockets;
import io.github.sockblame.it.scenario.leak.MocksSockets;
import io.github.sockblame.it.scenario.leak.WithOtherAgent;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Another agent in the same JVM, before ours and after it on the command line: the program says and ends as with the other one alone, our
 * totals are the kernel's, no hook is missing; and then ours leaves, and the other one goes on.
 */
class OtherAgentsIT {

    private static final int NEWEST_OF_JACOCO = 27;

    private static final String OTHERS = "other-agents";

    @OnEveryJdk
    void openTelemetry(TargetJdk jdk) throws Exception {
        check(
                () -> TargetJvm.of(jdk, WithOtherAgent.class)
                        .jvm(
                                "-Xmx256m",
                                "-Dotel.traces.exporter=none",
                                "-Dotel.metrics.exporter=none",
                                "-Dotel.logs.exporter=none",
                                "-Dotel.javaagent.logging=none"),
                "-javaagent:" + jar("opentelemetry-javaagent"),
                target -> {});
    }

    @OnEveryJdk
    void jacoco(TargetJdk jdk) throws Exception {
        Requires.that(
                jdk.feature() <= NEWEST_OF_JACOCO,
                "JaCoCo 0.8.15 cannot read class files of " + jdk + ", and says so for each");
        Path coverage = TestEnvironment.newFolder("jacoco").resolve("jacoco.exec");
        check(
                () -> {
                    Files.deleteIfExists(coverage);
                    return TargetJvm.of(jdk, WithOtherAgent.class);
                },
                "-javaagent:" + jar("org.jacoco.agent") + "=destfile=" + coverage,
                target -> {});
        assertThat(coverage).isNotEmptyFile();
    }

    /** Which also reads our MXBean. */
    @OnEveryJdk
    void prometheusJmxExporter(TargetJdk jdk) throws Exception {
        Path configuration = TestEnvironment.newFolder("prometheus").resolve("exporter.yaml");
        Files.writeString(configuration, "rules:\n- pattern: \".*\"\n");
        int port = RemoteJmx.onFreePort().port();
        check(
                () -> TargetJvm.of(jdk, WithOtherAgent.class),
                "-javaagent:" + jar("jmx_prometheus_javaagent") + "=127.0.0.1:" + port + ":" + configuration,
                target -> {
                    int tracked = target.report().report().totals().tracked();
                    assertThat(tracked).isPositive();
                    Await.until(
                            "our figures among the exporter's",
                            () -> metrics(port)
                                    .lines()
                                    .anyMatch(line -> line.startsWith("io_github_sockblame_Sockblame_Tracked ")));
                });
    }

    @OnEveryJdk
    void mockito(TargetJdk jdk) throws Exception {
        List<Path> mockito = TestEnvironment.jars("mockito");
        Path agent = mockito.stream()
                .filter(jar -> jar.getFileName().toString().startsWith("mockito-core"))
                .findFirst()
                .orElseThrow();
        check(() -> TargetJvm.of(jdk, MocksSockets.class).carrying(mockito), "-javaagent:" + agent, target -> {});
    }

    @OnEveryJdk
    void secondCopyOfAgentDoesNothing(TargetJdk jdk) throws Exception {
        Path copy = TestEnvironment.newFolder("copy").resolve("another-name.jar");
        Files.copy(TestEnvironment.agentJar(), copy);
        Output alone = run(TargetJvm.of(jdk, WithOtherAgent.class));
        for (Path second : List.of(TestEnvironment.agentJar(), copy)) {
            TargetJvm twice = TargetJvm.of(jdk, WithOtherAgent.class)
                    .watched("grace=7s")
                    .jvm("-javaagent:" + second + "=grace=9s");
            Output output = runWatched(twice, target -> {
                assertThat(target.report().report().grace()).isEqualTo(Duration.ofSeconds(7));
                assertThat(target.threads().stream().filter("sockblame-watch"::equals))
                        .hasSize(1);
            });
            assertThat(output).as("with %s", second).isEqualTo(alone);
        }
    }

    /** Makes the JVM to be started, without any agent. */
    @FunctionalInterface
    private interface Jvm {
        TargetJvm make() throws Exception;
    }

    /** What else is to be true while the program holds its sockets. */
    @FunctionalInterface
    private interface Look {
        void at(TargetProcess target) throws Exception;
    }

    private static void check(Jvm jvm, String otherAgent, Look look) throws Exception {
        Output alone = run(jvm.make().jvm(otherAgent));
        Output oursLast = runWatched(jvm.make().jvm(otherAgent).watched(), look);
        assertThat(oursLast).as("%s, then ours", otherAgent).isEqualTo(alone);
        Output oursFirst = runWatched(jvm.make().watched().jvm(otherAgent), look);
        assertThat(oursFirst).as("ours, then %s", otherAgent).isEqualTo(alone);
        assertThat(alone.status()).isZero();
        assertThat(alone.out()).contains("read 42\nread -1\nread 3\nread -1\n").endsWith("more\n");
    }

    private static Output run(TargetJvm jvm) throws Exception {
        try (TargetProcess target = jvm.start()) {
            return target.awaitCheckpoint("open").proceedTo("more").finish();
        }
    }

    private static Output runWatched(TargetJvm jvm, Look look) throws Exception {
        try (TargetProcess target = jvm.start()) {
            QuietSnapshot moment = QuietSnapshot.moment(target.awaitCheckpoint("open"));
            moment.checkTotals();
            assertThat(moment.report().openedIn(BlockingSockets.class, "<init>"))
                    .isNotEmpty();
            AgentHealthChecks.check(moment.report().report());
            look.at(target);

            assertThat((String) target.agent().call("detach"))
                    .matches("detached: the hooks were removed from \\d+ classes");
            target.isWatchedNoLonger();
            return target.proceedTo("more").finish();
        }
    }

    private static Path jar(String name) throws IOException {
        List<Path> found = TestEnvironment.jars(OTHERS).stream()
                .filter(jar -> jar.getFileName().toString().startsWith(name))
                .toList();
        assertThat(found).as(name).hasSize(1);
        return found.get(0);
    }

    private static String metrics(int port) throws IOException {
        try (var in =
                URI.create("http://127.0.0.1:" + port + "/metrics").toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
