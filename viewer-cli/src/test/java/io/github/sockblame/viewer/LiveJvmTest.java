// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.ReportJson;
import io.github.sockblame.report.text.LeaksText;
import io.github.sockblame.viewer.connect.CarriedAgent;
import io.github.sockblame.viewer.connect.FakeCarriedAgent;
import io.github.sockblame.viewer.fake.FakeAgent;
import io.github.sockblame.viewer.fake.ForkedJvm;
import io.github.sockblame.viewer.fake.IdleProgram;
import io.github.sockblame.viewer.fake.Reports;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveJvmTest {

    @TempDir
    Path folder = Path.of("");

    private CarriedAgent agent = CarriedAgent.ofThisJar();

    @BeforeEach
    void makeAgent() throws Exception {
        agent = FakeCarriedAgent.in(folder);
    }

    @Test
    void leaksOfAPidWakesTheAgentAndPrints() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.idle(javaagent(""))) {
            Outcome outcome = call("leaks", jvm.pidText());

            assertThat(outcome.out())
                    .startsWith(LeaksText.of(Reports.leaky()))
                    .endsWith("save it: sockblame report " + jvm.pid() + " -o FILE\nexit status 1: leaks found\n");
            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.status()).isEqualTo(1);
            assertThat(ReportJson.read(call("leaks", jvm.pidText(), "--json").out()))
                    .isEqualTo(Reports.leaky());
        }
    }

    @Test
    void reportOfAPidIsSaved() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.idle(javaagent(""))) {
            String file = folder.resolve("saved").toString();

            assertThat(call("report", jvm.pidText(), "-o", file).status()).isZero();
            assertThat(call("leaks", file).status()).isEqualTo(1);
        }
    }

    @Test
    void attachLoadsTheAgentOnce() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.idle("-XX:+IgnoreUnrecognizedVMOptions", "-XX:+EnableDynamicAgentLoading")) {
            call("leaks", jvm.pidText()).isFailure("has no Sockblame agent in it", "sockblame attach " + jvm.pid());

            Outcome first = call("attach", jvm.pidText(), "--options", "grace=5s");
            assertThat(first.out())
                    .isEqualTo("agent " + FakeAgent.VERSION + " attached to JVM " + jvm.pid()
                            + ", hooks complete; next: sockblame leaks " + jvm.pid() + "\n");
            assertThat(first.status()).isZero();

            Outcome second = call("attach", jvm.pidText());
            assertThat(second.out()).contains("already there").hasLineCount(1);
            assertThat(second.status()).isZero();
            assertThat(call("leaks", jvm.pidText()).status()).isEqualTo(1);
        }
    }

    @Test
    void failedAgentIsToldWithItsReason() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.idle(javaagent("=" + FakeAgent.FAIL))) {
            call("attach", jvm.pidText()).isFailure("failed: for the test");
            call("leaks", jvm.pidText()).isFailure("failed: for the test");
            assertThat(call("ps").out())
                    .containsPattern(jvm.pid() + " +0.0-fake failed +\\S*IdleProgram\n")
                    .contains(jvm.pid() + ": its agent has failed: for the test\n");
        }
    }

    @Test
    void psTellsWhoCarriesTheAgent() throws Exception {
        try (ForkedJvm with = ForkedJvm.idle(javaagent(""));
                ForkedJvm without = ForkedJvm.idle()) {
            Outcome outcome = call("ps");

            assertThat(outcome.out())
                    .startsWith("PID      AGENT")
                    .containsPattern(with.pid() + " +0.0-fake +io.github.sockblame.viewer.fake.IdleProgram\n")
                    .containsPattern(without.pid() + " +- +io.github.sockblame.viewer.fake.IdleProgram\n")
                    .doesNotContain("\n" + ProcessHandle.current().pid() + " ");
            assertThat(outcome.status()).isZero();
            assertThat(call("ps", "--json").out())
                    .contains("{\"pid\":" + with.pid() + ",\"main\":\"" + IdleProgram.class.getName()
                            + "\",\"agent\":{\"version\":\"0.0-fake\",\"status\":\"watching\"},\"problem\":null}");
            call("leaks", "IdleProgram").isFailure("2 JVMs", with.pidText(), without.pidText());
        }
    }

    @Test
    void psKnowsAnAgentThatCameByAttach() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.idle("-XX:+IgnoreUnrecognizedVMOptions", "-XX:+EnableDynamicAgentLoading")) {
            call("attach", jvm.pidText());

            assertThat(call("ps").out()).containsPattern(jvm.pid() + " +0.0-fake ");
        }
    }

    @Test
    void psDoesNotWaitForAStoppedJvm() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.idle(javaagent(""))) {
            call("leaks", jvm.pidText());
            jvm.signal("STOP");

            assertThat(call("ps").out())
                    .containsPattern(jvm.pid() + " +\\? ")
                    .contains("JVM " + jvm.pid() + " did not answer within 3 s");
        }
    }

    @Test
    void jvmIsFoundByAPartOfItsName() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.idle(javaagent(""))) {
            assertThat(call("leaks", "fake.Idle").status()).isEqualTo(1);
            assertThat(jvm.isAlive()).isTrue();
        }
        call("leaks", "fake.Idle").isFailure("no JVM of this machine has 'fake.Idle'", "sockblame ps");
    }

    @Test
    void jmxAddressIsAsked() throws Exception {
        List<String> command = ForkedJvm.command(List.of(), IdleProgram.class.getName(), "agent", "jmx");
        try (ForkedJvm jvm = ForkedJvm.start(command)) {
            String address = "127.0.0.1:" + jvm.awaitLine("jmx");
            jvm.awaitLine("ready");

            assertThat(call("leaks", address).out()).startsWith(LeaksText.of(Reports.leaky()));
            assertThat(call("leaks", "service:jmx:rmi:///jndi/rmi://" + address + "/jmxrmi")
                            .status())
                    .isEqualTo(1);
        }
    }

    @Test
    void jmxServerWithoutTheAgentSaysSo() throws Exception {
        List<String> command = ForkedJvm.command(List.of(), IdleProgram.class.getName(), "jmx");
        try (ForkedJvm jvm = ForkedJvm.start(command)) {
            String address = "127.0.0.1:" + jvm.awaitLine("jmx");
            jvm.awaitLine("ready");

            call("leaks", address).isFailure(address + " has no Sockblame agent in it", "sockblame attach PID");
        }
    }

    @Test
    void answerThatIsNoReportIsOneLine() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.idle(javaagent(""), "-Dfake.json={}")) {
            call("leaks", jvm.pidText()).isFailure("JVM " + jvm.pid() + " answered with not a Sockblame report");
        }
    }

    @Test
    void addressWhereNobodyAnswersIsOneLine() {
        call("leaks", "127.0.0.1:1").isFailure("no JMX server answers at 127.0.0.1:1", "Connection refused");
        call("leaks", "127.0.0.1:99999").isFailure("127.0.0.1:99999");
        call("leaks", "service:jmx:nonsense").isFailure("service:jmx:nonsense is no JMX address");
    }

    @Test
    void jvmThatForbidsAttachIsOneLineAndUndisturbed() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.idle("-XX:+DisableAttachMechanism")) {
            call("leaks", jvm.pidText()).isFailure("-XX:+DisableAttachMechanism", "-javaagent");
            call("attach", jvm.pidText()).isFailure("-XX:+DisableAttachMechanism", "-javaagent");
        }
    }

    @Test
    void jvmThatRefusesAgentsIsOneLine() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.idle("-XX:-EnableDynamicAgentLoading")) {
            call("attach", jvm.pidText()).isFailure("JVM " + jvm.pid() + " refused the agent", "-javaagent");
        }
    }

    @Test
    void agentThatIsAwakeIsNotLoadedAgain() throws Exception {
        List<String> command = ForkedJvm.command(
                List.of(javaagent(""), "-XX:-EnableDynamicAgentLoading"), IdleProgram.class.getName(), "agent");
        try (ForkedJvm jvm = ForkedJvm.ready(command)) {
            assertThat(call("leaks", jvm.pidText()).status()).isEqualTo(1);
        }
    }

    @Test
    void agentThatIsNotThereAfterItsLoadSteppedAside() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.idle("-XX:+IgnoreUnrecognizedVMOptions", "-XX:+EnableDynamicAgentLoading")) {
            call("attach", jvm.pidText(), "--options", FakeAgent.STEP_ASIDE).isFailure("the agent stepped aside");
        }
    }

    @Test
    void processThatIsNoJvmSurvives() throws Exception {
        Process sleep = new ProcessBuilder("sleep", "60").start();
        try {
            String pid = Long.toString(sleep.pid());

            call("leaks", pid).isFailure("is not a JVM that one can attach to");
            call("attach", pid).isFailure("is not a JVM that one can attach to");
            assertThat(sleep.isAlive()).isTrue();
        } finally {
            sleep.destroyForcibly();
        }
    }

    @Test
    void noSuchProcessIsOneLine() {
        call("leaks", "999999999").isFailure("no process 999999999", "sockblame ps");
        call("attach", "999999999").isFailure("no process 999999999", "sockblame ps");
    }

    private String javaagent(String options) {
        return "-javaagent:" + folder.resolve("sockblame-agent-fake.jar") + options;
    }

    private Outcome call(String... args) {
        return Outcome.of(agent, args);
    }
}
