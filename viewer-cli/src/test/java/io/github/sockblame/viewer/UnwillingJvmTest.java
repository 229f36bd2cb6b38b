// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.viewer.connect.BundledAgent;
import io.github.sockblame.viewer.fake.FakeAgent;
import io.github.sockblame.viewer.fake.ForkedJvm;
import io.github.sockblame.viewer.fake.IdleProgram;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnwillingJvmTest {

    @TempDir
    Path folder = Path.of("");

    private TestViewer viewer = new TestViewer(folder, BundledAgent.ofThisJar());

    @BeforeEach
    void makeAgent() throws Exception {
        viewer = TestViewer.in(folder);
    }

    @Test
    void failedAgentIsShownWithReason() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.idle(viewer.javaagent("=" + FakeAgent.FAIL))) {
            viewer.call("attach", jvm.pidText()).isFailure("failed: for the test");
            viewer.call("leaks", jvm.pidText()).isFailure("failed: for the test");
            assertThat(viewer.call("ps").out())
                    .containsPattern(jvm.pid() + " +0.0-fake failed +\\S*IdleProgram\n")
                    .contains(jvm.pid() + ": its agent has failed: for the test\n");
        }
    }

    @Test
    void jmxServerWithoutAgentFails() throws Exception {
        List<String> command = ForkedJvm.command(List.of(), IdleProgram.class.getName(), "jmx");
        try (ForkedJvm jvm = ForkedJvm.start(command)) {
            String address = "127.0.0.1:" + jvm.awaitLine("jmx");
            jvm.awaitLine("ready");

            viewer.call("leaks", address).isFailure(address + " has no Sockblame agent", "sockblame attach PID");
        }
    }

    @Test
    void answerThatIsNoReportIsOneLine() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.idle(viewer.javaagent(""), "-Dfake.json={}")) {
            viewer.call("leaks", jvm.pidText()).isFailure("JVM " + jvm.pid() + " answered with not a Sockblame report");
        }
    }

    @Test
    void agentThatBreaksIsOneLine() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.idle(viewer.javaagent(""), "-Dfake.broken=for the test")) {
            viewer.call("leaks", jvm.pidText())
                    .isFailure("the agent in JVM " + jvm.pid(), "IllegalStateException: for the test", "--debug");
        }
    }

    @Test
    void agentWithoutMemoryIsNoFailureOfIt() throws Exception {
        try (ForkedJvm jvm =
                ForkedJvm.idle(viewer.javaagent(""), "-Dfake.broken=not enough memory for any report: so it is")) {
            viewer.call("leaks", jvm.pidText())
                    .isFailure("the agent in JVM " + jvm.pid()
                            + " cannot answer: not enough memory for any report: so it is: if much of the heap is garbage,"
                            + " jcmd PID GC.run makes room");
        }
    }

    @Test
    void unreachableAddressFailsInOneLine() {
        viewer.call("leaks", "127.0.0.1:1").isFailure("no JMX server answers at 127.0.0.1:1", "Connection refused");
        viewer.call("leaks", "127.0.0.1:99999").isFailure("127.0.0.1:99999");
        viewer.call("leaks", "service:jmx:nonsense").isFailure("service:jmx:nonsense is not a JMX address");
    }

    @Test
    void jvmThatForbidsAttachIsOneLineAndUndisturbed() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.idle("-XX:+DisableAttachMechanism")) {
            viewer.call("leaks", jvm.pidText()).isFailure("-XX:+DisableAttachMechanism", "-javaagent");
            viewer.call("attach", jvm.pidText()).isFailure("-XX:+DisableAttachMechanism", "-javaagent");
        }
    }

    @Test
    void jvmThatRefusesAgentsIsOneLine() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.idle("-XX:-EnableDynamicAgentLoading")) {
            viewer.call("attach", jvm.pidText()).isFailure("JVM " + jvm.pid() + " refused the agent", "-javaagent");
        }
    }

    @Test
    void agentThatIsNotThereAfterItsLoadSteppedAside() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.idle(TestViewer.takesAgents())) {
            viewer.call("attach", jvm.pidText(), "--options", FakeAgent.DISABLED)
                    .isFailure("the agent in JVM " + jvm.pidText() + " disabled itself");
        }
    }

    @Test
    void processThatIsNoJvmSurvives() throws Exception {
        Process sleep = new ProcessBuilder("sleep", "60").start();
        try {
            String pid = Long.toString(sleep.pid());

            viewer.call("leaks", pid).isFailure("is not an attachable JVM");
            viewer.call("attach", pid).isFailure("is not an attachable JVM");
            assertThat(sleep.isAlive()).isTrue();
        } finally {
            sleep.destroyForcibly();
        }
    }

    /** As programs in Go do, it catches SIGQUIT and ends by it. */
    @Test
    void otherProgramThatCatchesSigquitGetsNone() throws Exception {
        Process shell =
                new ProcessBuilder("sh", "-c", "trap 'exit 3' QUIT; echo ready; while :; do read line; done").start();
        try {
            String pid = Long.toString(shell.pid());
            assertThat(shell.inputReader().readLine()).isEqualTo("ready");

            viewer.call("leaks", pid).isFailure("is not an attachable JVM");
            viewer.call("attach", pid).isFailure("is not an attachable JVM");
            shell.getOutputStream().write('\n'); // a pending trap would run now
            shell.getOutputStream().flush();
            assertThat(shell.isAlive()).isTrue();
        } finally {
            shell.destroyForcibly();
        }
    }

    @Test
    void noSuchProcessIsOneLine() {
        viewer.call("leaks", "999999999").isFailure("no process 999999999", "sockblame ps");
        viewer.call("attach", "999999999").isFailure("no process 999999999", "sockblame ps");
    }
}
