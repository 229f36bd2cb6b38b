// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.Output;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.scenario.kind.FourKinds;
import io.github.sockblame.it.scenario.leak.HelloWorld;
import java.util.ArrayList;
import java.util.List;

/** With the agent and without it, a program says the same, byte by byte, and ends in the same way. */
class QuietSnapshotIT {

    @OnEveryJdk
    void agentLeavesProgramWithoutSocketsUnchanged(TargetJdk jdk) throws Exception {
        for (List<String> flags : flags(jdk)) {
            Output plain = run(TargetJvm.of(jdk, HelloWorld.class).jvm(flags));
            Output watched = run(TargetJvm.of(jdk, HelloWorld.class).jvm(flags).watched());

            assertThat(watched).as("with %s", flags).isEqualTo(plain);
            assertThat(watched.out()).endsWith("Hello, world\ndone\n");
            assertThat(watched.err()).endsWith("Hello, error\n");
            assertThat(watched.status()).isEqualTo(3);
        }
    }

    @OnEveryJdk
    void agentLeavesProgramWithFourKindsUnchanged(TargetJdk jdk) throws Exception {
        for (List<String> flags : flags(jdk)) {
            Output plain = run(TargetJvm.of(jdk, FourKinds.class).jvm(flags));
            Output watched = run(TargetJvm.of(jdk, FourKinds.class).jvm(flags).watched());

            assertThat(watched).as("with %s", flags).isEqualTo(plain);
            assertThat(watched.out())
                    .contains("read 42\nread -1\nread 3\nread -1\n")
                    .endsWith("done\n");
            assertThat(watched.status()).isZero();
        }
    }

    /** The agent is asked for its health before the program ends, so an error that it kept to itself fails the test, too. */
    private static Output run(TargetJvm jvm) throws Exception {
        try (TargetProcess target = jvm.start()) {
            return target.awaitCheckpoint("done").finish();
        }
    }

    /** As users start it, and with all that makes the JVM look closer at what the agent did. */
    private static List<List<String>> flags(TargetJdk jdk) {
        List<String> strict = new ArrayList<>(
                List.of("-Xverify:all", "-XX:+UnlockDiagnosticVMOptions", "-XX:+BytecodeVerificationLocal"));
        if (jdk.feature() >= 24) {
            strict.add("--sun-misc-unsafe-memory-access=deny");
        }
        return List.of(List.of(), strict);
    }
}
