// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.ProcessStart;
import io.github.sockblame.report.json.ReportJson;
import io.github.sockblame.report.text.LeaksText;
import io.github.sockblame.viewer.connect.BundledAgent;
import io.github.sockblame.viewer.fake.FakeAgent;
import io.github.sockblame.viewer.fake.ForkedJvm;
import io.github.sockblame.viewer.fake.IdleProgram;
import io.github.sockblame.viewer.fake.Reports;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveJvmTest {

    @TempDir
    Path folder = Path.of("");

    private TestViewer viewer = new TestViewer(folder, BundledAgent.ofThisJar());

    @BeforeEach
    void makeAgent() throws Exception {
        viewer = TestViewer.in(folder);
    }

    @Test
    void leaksOfAPidWakesTheAgentAndPrints() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.idle(viewer.javaagent(""))) {
            Outcome outcome = viewer.call("leaks", jvm.pidText());

            assertThat(outcome.out())
                    .startsWith(LeaksText.of(Reports.leaky()))
                    .endsWith("save it: sockblame report " + jvm.pid() + " -o FILE\nexit status 1: leaks found\n");
            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.status()).isEqualTo(1);
            assertThat(ReportJson.read(
                            viewer.call("leaks", jvm.pidText(), "--json").out()))
                    .isEqualTo(Reports.leaky());
        }
    }

    @Test
    void reportOfAPidIsSaved() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.idle(viewer.javaagent(""))) {
            String file = folder.resolve("saved").toString();

            assertThat(viewer.call("report", jvm.pidText(), "-o", file).status())
                    .isZero();
            assertThat(viewer.call("leaks", file).status()).isEqualTo(1);
        }
    }

    @Test
    void watchPrintsAnswerOfAgent() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.idle(viewer.javaagent(""))) {
            Outcome on = viewer.call("watch", jvm.pidText(), "1");
            assertThat(on.out())
                    .isEqualTo("records the last use of connections opened at Shop.pay\nnext: sockblame leaks "
                            + jvm.pid() + "\n");
            assertThat(on.status()).isZero();
            assertThat(viewer.call("watch", jvm.pidText(), "1", "--off").out())
                    .isEqualTo("stopped recording the last use of connections opened at Shop.pay\n");
            viewer.call("watch", jvm.pidText(), "7")
                    .isFailure(
                            "no site 7 in the latest report", "sockblame leaks TARGET shows the numbers of the sites");
        }
    }

    @Test
    void detachTakesTheAgentOutAndItCanBeAttachedAgain() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.idle(viewer.javaagent(""))) {
            Outcome detached = viewer.call("detach", jvm.pidText());
            assertThat(detached.out()).isEqualTo("detached: the hooks were removed from 0 classes\n");
            assertThat(detached.status()).isZero();
            viewer.call("detach", jvm.pidText()).isFailure("has no Sockblame agent", "sockblame attach " + jvm.pid());
        }
    }

    @Test
    void attachLoadsTheAgentOnce() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.idle(TestViewer.takesAgents())) {
            viewer.call("leaks", jvm.pidText()).isFailure("has no Sockblame agent", "sockblame attach " + jvm.pid());

            Outcome first = viewer.call("attach", jvm.pidText(), "--options", "grace=5s");
            assertThat(first.out())
                    .isEqualTo("agent " + FakeAgent.VERSION + " attached to JVM " + jvm.pid()
                            + ", hooks complete; next: sockblame leaks " + jvm.pid() + "\n");
            assertThat(first.status()).isZero();

            Outcome second = viewer.call("attach", jvm.pidText());
            assertThat(second.out()).contains("is already in JVM").hasLineCount(1);
            assertThat(second.status()).isZero();
            assertThat(viewer.call("leaks", jvm.pidText()).status()).isEqualTo(1);
        }
    }

    /** A launcher that hands its system properties on makes such a JVM. */
    @Test
    void jvmThatInheritedThePropertiesHasNoAgent() throws Exception {
        List<String> arguments = new ArrayList<>(List.of(TestViewer.takesAgents()));
        arguments.add("-Dio.github.sockblame.version=1.0");
        arguments.add("-Dio.github.sockblame.status=watching");
        for (String process : new String[] {"", "-D" + ProcessStart.PROPERTY + "=1 1"}) {
            if (!process.isEmpty()) {
                arguments.add(process);
            }
            try (ForkedJvm jvm = ForkedJvm.idle(arguments.toArray(new String[0]))) {
                for (String verb : new String[] {"leaks", "status", "detach"}) {
                    viewer.call(verb, jvm.pidText())
                            .isFailure("has no Sockblame agent", "sockblame attach " + jvm.pid());
                }
                assertThat(viewer.call("ps").out()).containsPattern(jvm.pid() + " +- ");
                assertThat(viewer.call("attach", jvm.pidText()).out()).contains(" attached to JVM ");
            }
        }
    }

    @Test
    void jvmWithoutPerformanceDataIsFound() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.idle("-XX:-UsePerfData");
                ForkedJvm deaf = ForkedJvm.idle("-XX:+DisableAttachMechanism")) {
            assertThat(viewer.call("ps").out())
                    .containsPattern(jvm.pid() + " +- +" + IdleProgram.class.getName() + "\n")
                    .containsPattern(deaf.pid() + " +- +" + IdleProgram.class.getName() + "\n")
                    .contains("cannot attach to " + deaf.pid() + ": JVM " + deaf.pid()
                            + " was started with -XX:+DisableAttachMechanism: ")
                    .doesNotContain("cannot attach to " + jvm.pid());
        }
    }

    @Test
    void psTellsWhoCarriesTheAgent() throws Exception {
        try (ForkedJvm with = ForkedJvm.idle(viewer.javaagent(""));
                ForkedJvm without = ForkedJvm.idle()) {
            Outcome outcome = viewer.call("ps");

            assertThat(outcome.out())
                    .startsWith("PID      AGENT")
                    .containsPattern(with.pid() + " +0.0-fake +io.github.sockblame.viewer.fake.IdleProgram\n")
                    .containsPattern(without.pid() + " +- +io.github.sockblame.viewer.fake.IdleProgram\n")
                    .doesNotContain("\n" + ProcessHandle.current().pid() + " ");
            assertThat(outcome.status()).isZero();
            assertThat(viewer.call("ps", "--json").out())
                    .contains(
                            "{\"pid\":" + with.pid() + ",\"main\":\"" + IdleProgram.class.getName()
                                    + "\",\"agent\":{\"version\":\"0.0-fake\",\"status\":\"unknown: ps sends no signal to a JVM\"},\"problem\":null,\"obstacle\":null}");
            assertThat(Path.of("/tmp/.java_pid" + with.pid()))
                    .as("made after the first SIGQUIT")
                    .doesNotExist();
            viewer.call("leaks", with.pidText());
            assertThat(viewer.call("ps", "--json").out())
                    .contains(
                            "{\"pid\":" + with.pid() + ",\"main\":\"" + IdleProgram.class.getName()
                                    + "\",\"agent\":{\"version\":\"0.0-fake\",\"status\":\"watching\"},\"problem\":null,\"obstacle\":null}");
            viewer.call("leaks", "IdleProgram")
                    .isFailure(" JVMs have 'IdleProgram'", with.pidText(), without.pidText());
        }
    }

    @Test
    void psListsAttachedAgent() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.idle(TestViewer.takesAgents())) {
            viewer.call("attach", jvm.pidText());

            assertThat(viewer.call("ps").out()).containsPattern(jvm.pid() + " +0.0-fake ");
        }
    }

    @Test
    void psDoesNotWaitForAStoppedJvm() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.idle(viewer.javaagent(""))) {
            viewer.call("leaks", jvm.pidText());
            jvm.signal("STOP");

            assertThat(viewer.call("ps").out())
                    .containsPattern(jvm.pid() + " +\\? ")
                    .contains("process " + jvm.pid() + " is stopped: kill -CONT " + jvm.pid());
        }
    }

    @Test
    void stoppedJvmIsOneLineAtOnce() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.idle(viewer.javaagent(""))) {
            jvm.signal("STOP");

            for (String verb : new String[] {"leaks", "attach", "detach", "status"}) {
                viewer.call(verb, jvm.pidText())
                        .isFailure("process " + jvm.pid() + " is stopped", "kill -CONT " + jvm.pid());
            }
        }
    }

    @Test
    void jvmIsFoundByAPartOfItsName() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.idle(viewer.javaagent(""))) {
            assertThat(viewer.call("leaks", "fake.Idle").status()).isEqualTo(1);
            assertThat(jvm.isAlive()).isTrue();
        }
        viewer.call("leaks", "fake.Idle").isFailure("no JVM of this machine has 'fake.Idle'", "sockblame ps");
    }

    @Test
    void leaksReadsJmxAddress() throws Exception {
        List<String> command = ForkedJvm.command(List.of(), IdleProgram.class.getName(), "agent", "jmx");
        try (ForkedJvm jvm = ForkedJvm.start(command)) {
            String address = "127.0.0.1:" + jvm.awaitLine("jmx");
            jvm.awaitLine("ready");

            assertThat(viewer.call("leaks", address).out()).startsWith(LeaksText.of(Reports.leaky()));
            assertThat(viewer.call("leaks", "service:jmx:rmi:///jndi/rmi://" + address + "/jmxrmi")
                            .status())
                    .isEqualTo(1);
        }
    }

    @Test
    void agentThatIsAwakeIsNotLoadedAgain() throws Exception {
        List<String> command = ForkedJvm.command(
                List.of(viewer.javaagent(""), "-XX:-EnableDynamicAgentLoading"), IdleProgram.class.getName(), "agent");
        try (ForkedJvm jvm = ForkedJvm.ready(command)) {
            assertThat(viewer.call("leaks", jvm.pidText()).status()).isEqualTo(1);
        }
    }
}
