// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.Output;
import io.github.sockblame.it.harness.QuietSnapshot;
import io.github.sockblame.it.harness.RuntimeImage;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.harness.Viewer;
import io.github.sockblame.it.scenario.leak.LeaksBeforeAndAfter;
import io.github.sockblame.it.scenario.leak.LeakyProgram;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.json.ReportJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A program in a runtime image of few modules, as containers have them. The viewer runs on the whole JDK. */
class MinimalImageIT {

    private static final String CULPRIT = "LeakyProgram.forget(";

    @OnEveryJdk
    void everyVerbWorksWhereJmxIs(TargetJdk jdk) throws Exception {
        TargetJdk image = RuntimeImage.of(jdk, RuntimeImage.WITH_JMX);
        Viewer viewer = Viewer.on(jdk);
        Output plain = plain(image, LeakyProgram.class);
        try (TargetProcess target =
                TargetJvm.of(image, LeakyProgram.class).watched("grace=1ms").start()) {
            String pid = target.awaitCheckpoint("leaked").pidText();
            Await.until("the leaks", () -> target.report().report().totals().leaked() == 3);
            QuietSnapshot.moment(target).checkTotals();
            checkOutput(viewer.call("leaks", pid), 1, CULPRIT);
            checkOutput(viewer.call("list", pid), 0, "CLOSE-WAIT");
            checkOutput(viewer.call("status", pid), 0, "all well");
            checkOutput(viewer.call("explain", pid, "1"), 0, CULPRIT);
            Path json = TestEnvironment.newFolder("minimal").resolve("report.json");
            checkOutput(viewer.call("report", pid, "-o", json.toString()), 0, "");
            checkReport(json);
            checkOutput(viewer.call("detach", pid), 0, "detached");
            target.isWatchedNoLonger();
            assertThat(target.finish()).isEqualTo(plain);
        }
    }

    @OnEveryJdk
    void lateAgentWorksWhereJmxIs(TargetJdk jdk) throws Exception {
        TargetJdk image = RuntimeImage.of(jdk, RuntimeImage.WITH_JMX);
        try (TargetProcess target =
                TargetJvm.of(image, LeaksBeforeAndAfter.class).start()) {
            target.awaitCheckpoint("early");
            Output attached = Viewer.on(jdk).call("attach", target.pidText(), "--options", "grace=1ms");
            assertThat(attached.status()).as("%s", attached).isZero();
            target.isWatchedNow();
            target.proceedTo("late");
            Await.until("seven leaks", () -> target.report().report().totals().leaked() == 7);
            QuietSnapshot.moment(target).checkTotals();
        }
    }

    /** The viewer uses other routes than JMX there. The JVM has no option at all, which the agent reads as well. */
    @OnEveryJdk
    void everyVerbWorksInTwoModules(TargetJdk jdk) throws Exception {
        TargetJdk image = RuntimeImage.of(jdk, RuntimeImage.SMALLEST);
        Viewer viewer = Viewer.on(jdk);
        String classes = TestEnvironment.scenarioClasses().toString();
        List<String> command = List.of(image.java(), "-cp", classes, LeakyProgram.class.getName());
        try (TargetProcess target = new TargetProcess(command, false)) {
            String pid = target.awaitCheckpoint("leaked").pidText();
            checkOutput(viewer.call("attach", pid, "--options", "grace=1ms"), 0, "attached");
            checkOutput(viewer.call("leaks", pid), 0, "3 connections");
            checkOutput(viewer.call("status", pid), 0, "all well");
            checkOutput(viewer.call("detach", pid), 0, "detached");
            assertThat(target.threads()).doesNotContain("sockblame-watch");
            Output output = target.finish().withoutOurLines();
            assertThat(output.out()).isEqualTo("leaked\n");
            assertThat(output.status()).isZero();
        }
    }

    /** Without JMX: alerts, their files and the request file need two modules. */
    @OnEveryJdk
    void reportsLeaveJvmOfTwoModules(TargetJdk jdk) throws Exception {
        TargetJdk image = RuntimeImage.of(jdk, RuntimeImage.SMALLEST);
        Output plain = plain(image, LeakyProgram.class);
        for (String ending : List.of(".json", ".txt")) {
            Path file = TestEnvironment.newFolder("minimal").resolve("report" + ending);
            String options = "grace=1ms,file.requests=true,alert=site-leaks>=3,report.to=" + file;
            try (TargetProcess target = TargetJvm.of(image, LeakyProgram.class)
                    .jvm("-XX:+DisableAttachMechanism", "-javaagent:" + TestEnvironment.agentJar() + "=" + options)
                    .start()) {
                target.awaitCheckpoint("leaked");
                Await.until("the line about the file", () -> target.complaints().contains("report: " + file));
                checkOutput(Viewer.on(jdk).call("leaks", target.pidText()), 1, CULPRIT);
                target.proceed();
                assertThat(target.awaitEnd(Await.PATIENCE).withoutOurLines()).isEqualTo(plain);
                assertThat(target.complaints().lines())
                        .hasSize(2)
                        .first()
                        .asString()
                        .contains("alert (site-leaks>=3)");
            }
            if (ending.equals(".json")) {
                checkReport(file);
            } else {
                assertThat(file).content().contains(CULPRIT);
            }
        }
    }

    private static void checkOutput(Output output, int status, String text) {
        assertThat(output.status()).as("%s", output).isEqualTo(status);
        assertThat(output.out()).contains(text);
    }

    private static void checkReport(Path file) throws Exception {
        Report report = ReportJson.read(Files.readString(file));
        assertThat(report.totals().leaked()).isEqualTo(3);
        assertThat(report.agent().internalErrors())
                .as("%s", report.agent().lastError())
                .isZero();
    }

    private static Output plain(TargetJdk image, Class<?> program) throws Exception {
        try (TargetProcess target = TargetJvm.of(image, program).start()) {
            return target.awaitCheckpoint("leaked").finish();
        }
    }
}
