// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.QuietSnapshot;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.scenario.fault.AsksInterrupted;
import java.nio.file.Files;
import java.nio.file.Path;

/** The interrupt of a thread is the program's: the agent neither takes it away nor minds it. */
class InterruptIT {

    @OnEveryJdk
    void interruptedThreadGetsReportAndStaysInterrupted(TargetJdk jdk) throws Exception {
        Path dumps = TestEnvironment.newFolder("dumps");
        try (TargetProcess target = TargetJvm.of(jdk, AsksInterrupted.class)
                .watched("dump.dir=" + dumps)
                .start()) {
            QuietSnapshot moment = QuietSnapshot.moment(target.awaitCheckpoint("done"));

            Path file = dumps.resolve("interrupted.json");
            assertThat(target.printed().lines())
                    .containsExactly(
                            "opened true, interrupted true",
                            "registered, interrupted true",
                            "report of true, interrupted true",
                            "report of true, interrupted true",
                            "report of true, interrupted true",
                            "wrote " + file + ", interrupted true",
                            "done");
            assertThat(Files.readString(file)).contains("\"schema\":\"sockblame/2\"");
            moment.checkTotals();
            assertThat(moment.report().openedIn(AsksInterrupted.class, "main")).hasSize(1);
        }
    }
}
