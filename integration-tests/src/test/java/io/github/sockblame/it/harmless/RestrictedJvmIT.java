// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.Output;
import io.github.sockblame.it.harness.QuietSnapshot;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.scenario.fault.ClosesStandardError;
import io.github.sockblame.it.scenario.kind.AdaptedChannels;
import io.github.sockblame.it.scenario.kind.AllKinds;
import io.github.sockblame.it.scenario.kind.BlockingChannels;
import io.github.sockblame.it.scenario.kind.BlockingSockets;
import io.github.sockblame.it.scenario.kind.FourKinds;
import io.github.sockblame.it.scenario.kind.SelectedChannels;
import io.github.sockblame.it.scenario.leak.CarriesLibraries;
import io.github.sockblame.report.HookState;
import java.util.ArrayList;
import java.util.List;

/** Programs and machines that give the agent nothing to stand on, and programs that carry what the agent carries. */
class RestrictedJvmIT {

    @OnEveryJdk
    void agentLeavesProgramWithClosedStderrUnchanged(TargetJdk jdk) throws Exception {
        checkTheSame(
                TargetJvm.of(jdk, ClosesStandardError.class),
                TargetJvm.of(jdk, ClosesStandardError.class),
                "grace=5s,dump.dir=/nonexistent");
    }

    @OnEveryJdk
    void agentNeedsNoTemporaryFolder(TargetJdk jdk) throws Exception {
        String nowhere = "-Djava.io.tmpdir=/nonexistent";
        checkTheSame(
                TargetJvm.of(jdk, FourKinds.class).jvm(nowhere),
                TargetJvm.of(jdk, FourKinds.class).jvm(nowhere),
                "");
    }

    @OnEveryJdk
    void programKeepsItsOwnLibraries(TargetJdk jdk) throws Exception {
        Output watched = checkTheSame(
                TargetJvm.of(jdk, CarriesLibraries.class).carrying(TestEnvironment.libraries()),
                TargetJvm.of(jdk, CarriesLibraries.class).carrying(TestEnvironment.libraries()),
                "");

        assertThat(watched.out())
                .contains("com.fasterxml.jackson.databind.ObjectMapper 2.17.2 writes {\"fd\":5}\n")
                .contains("tools.jackson.databind.ObjectMapper 3.0.0 writes {\"fd\":5}\n")
                .contains("picocli 4.7.5\n")
                .containsPattern("Byte Buddy file:\\S+/byte-buddy-1\\.14\\.18\\.jar ");
    }

    /** The way that is taken should a JDK refuse the first. There the JVM itself may say a line about class-data sharing. */
    @OnEveryJdk
    void appendedProbeWorks(TargetJdk jdk) throws Exception {
        try (TargetProcess target = TargetJvm.of(jdk, AllKinds.class)
                .jvm("-Dio.github.sockblame.probe=append")
                .watched("verbose=true")
                .start()) {
            QuietSnapshot quietSnapshot = QuietSnapshot.moment(target.awaitCheckpoint("open"));

            quietSnapshot.checkTotals();
            assertThat(quietSnapshot.report().openedIn(BlockingSockets.class, "<init>"))
                    .hasSize(5);
            assertThat(quietSnapshot.report().openedIn(BlockingChannels.class, "<init>"))
                    .hasSize(3);
            assertThat(quietSnapshot.report().openedIn(SelectedChannels.class, "<init>"))
                    .hasSize(3);
            assertThat(quietSnapshot.report().openedIn(AdaptedChannels.class, "<init>"))
                    .hasSize(5);
            assertThat(quietSnapshot.report().report().agent().hooks())
                    .extracting(hook -> hook.state())
                    .contains(HookState.WOVEN)
                    .doesNotContain(HookState.MISSING);
            Output output = target.finish();
            assertThat(output.err()).contains("the probe was appended because of the system property");
            assertThat(output.out().lines().filter(line -> !line.contains("Sharing is only supported for boot loader")))
                    .containsExactly("open");
        }
    }

    /** On 17 the JDK's own getAllLoadedClasses makes more local references than it announces; nothing else lists them. */
    @OnEveryJdk
    void checkOfJniFindsNothingOfTheAgent(TargetJdk jdk) throws Exception {
        try (TargetProcess target =
                TargetJvm.of(jdk, FourKinds.class).jvm("-Xcheck:jni").watched().start()) {
            target.awaitCheckpoint("done");
            List<String> lines = target.finish().out().lines().toList();
            List<String> found = new ArrayList<>();
            for (int i = 0; i < lines.size() - 1; i++) {
                if (lines.get(i).startsWith("WARNING")) {
                    found.add(lines.get(i + 1));
                }
            }
            assertThat(found).allMatch(frame -> frame.contains("InstrumentationImpl.getAllLoadedClasses0("));
            assertThat(found.isEmpty()).as("%s", found).isEqualTo(jdk.feature() > 17);
        }
    }

    private static Output checkTheSame(TargetJvm without, TargetJvm with, String options) throws Exception {
        Output plain;
        try (TargetProcess target = without.start()) {
            plain = target.awaitCheckpoint("done").finish();
        }
        try (TargetProcess target = with.watched(options).start()) {
            assertThat(target.awaitCheckpoint("done").report().report().sockets())
                    .isNotEmpty();
            Output watched = target.finish();
            assertThat(watched).isEqualTo(plain);
            return watched;
        }
    }
}
