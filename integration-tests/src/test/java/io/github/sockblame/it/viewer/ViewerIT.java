// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.FrameText;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.Output;
import io.github.sockblame.it.harness.RemoteJmx;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.harness.Viewer;
import io.github.sockblame.it.scenario.leak.HealthyProgram;
import io.github.sockblame.it.scenario.leak.LeakyProgram;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.json.ReportJson;
import io.github.sockblame.report.text.LeaksText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The viewer from end to end, on programs that leak and on one that does not. */
class ViewerIT {

    private static final String CULPRIT = FrameText.in(LeakyProgram.class, "forget");
    private static final String FOUND = "exit status 1: leaks found\n";

    @OnEveryJdk
    void viewerFindsLeakByPidAndNameAndSaves(TargetJdk jdk) throws Exception {
        Viewer viewer = Viewer.on(jdk);
        Path folder = TestEnvironment.newFolder("leaky");
        Path jar = folder.resolve(folder.getFileName() + ".jar");
        try (TargetProcess target = TargetJvm.of(jdk, LeakyProgram.class)
                .inJar(jar)
                .watched("grace=1ms")
                .start()) {
            target.awaitCheckpoint("leaked");
            Await.until("three leaks", () -> target.report().report().totals().leaked() == 3);

            checkNamesTheCulprit(viewer.call("leaks", target.pidText()));
            checkNamesTheCulprit(viewer.call("leaks", folder.getFileName().toString()));
            Output table = viewer.call("ps");
            assertThat(table.status()).isZero();
            assertThat(table.out())
                    .containsPattern(
                            "(?m)^" + target.pid() + " +\\d+\\.\\d+\\.\\d+\\S* +.*" + folder.getFileName() + "\\.jar$");

            Path file = folder.resolve("saved.json");
            Output saved = viewer.call("report", target.pidText(), "-o", file.toString());
            assertThat(saved.status()).as("%s", saved).isZero();
            assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
            Report report = ReportJson.read(Files.readString(file));
            assertThat(report.totals().leaked()).isEqualTo(3);
            assertThat(viewer.call("leaks", file.toString()))
                    .isEqualTo(new Output(
                            LeaksText.of(report) + "explain a site: sockblame explain " + file + " 1\n" + FOUND,
                            "",
                            1));
        }
    }

    @OnEveryJdk
    void healthyProgramHasNoLeaks(TargetJdk jdk) throws Exception {
        try (TargetProcess target = TargetJvm.of(jdk, HealthyProgram.class)
                        .watched("grace=1ms")
                        .start();
                TargetProcess without = TargetJvm.of(jdk, HealthyProgram.class).start()) {
            target.awaitCheckpoint("healthy");
            without.awaitCheckpoint("healthy");

            Output leaks = Viewer.on(jdk).call("leaks", target.pidText());
            assertThat(leaks.status()).as("%s", leaks).isZero();
            assertThat(leaks.err()).isEmpty();
            assertThat(leaks.out())
                    .startsWith("no leak")
                    .contains("\n" + HealthyProgram.class.getName() + " (pid " + target.pid() + ")")
                    .doesNotContain("FORGOTTEN", "ABANDONED", "exit status");
            assertThat(Viewer.on(jdk).call("ps").out())
                    .containsPattern("(?m)^" + target.pid() + " +\\d.*HealthyProgram$")
                    .containsPattern("(?m)^" + without.pid() + " +- .*HealthyProgram$");
        }
    }

    @OnEveryJdk
    void viewerFindsLeakByJmxAddress(TargetJdk jdk) throws Exception {
        RemoteJmx jmx = RemoteJmx.onFreePort();
        try (TargetProcess target = TargetJvm.of(jdk, LeakyProgram.class)
                .jvm(jmx.arguments())
                .watched("grace=1ms")
                .start()) {
            target.awaitCheckpoint("leaked");
            Await.until("three leaks", () -> target.report().report().totals().leaked() == 3);

            checkNamesTheCulprit(Viewer.on(jdk).call("leaks", jmx.address()));
            checkNamesTheCulprit(Viewer.on(jdk).call("leaks", jmx.url()));
        }
    }

    private static void checkNamesTheCulprit(Output leaks) {
        assertThat(leaks.status()).as("%s", leaks).isEqualTo(1);
        assertThat(leaks.err()).isEmpty();
        assertThat(leaks.out())
                .startsWith("3 leaked connections at 1 site: LeakyProgram.")
                .containsPattern("(?m)^1  FORGOTTEN +3 connections to 127\\.0\\.0\\.1:\\d+ .* certain$")
                .contains(CULPRIT)
                .endsWith(FOUND);
    }
}
