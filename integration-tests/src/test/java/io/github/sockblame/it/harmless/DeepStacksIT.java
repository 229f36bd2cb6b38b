// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harmless;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.Heap;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.scenario.leak.DeepStacks;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.StackMemory;
import io.github.sockblame.report.json.ReportJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Programs with a stack of its own for each socket: the agent's memory has a limit, and the report has what is missing. */
class DeepStacksIT {

    private static final int DEPTH = 700;
    private static final int IN_ROUND = 250;
    private static final int ROUNDS = 8;

    /** Kept whole, these stacks would take 72 MB. */
    @OnEveryJdk
    void aSmallHeapHasRoomForManyDeepStacks(TargetJdk jdk) throws Exception {
        try (TargetProcess target = TargetJvm.of(jdk, DeepStacks.class)
                .jvm("-Xmx40m", "-XX:+ExitOnOutOfMemoryError")
                .arguments("hold", Integer.toString(DEPTH), Integer.toString(IN_ROUND))
                .watched("capture.budget=100%,stacks.max=1m")
                .start()) {
            target.awaitCheckpoint("round 1");
            Report report = summary(target);
            for (int round = 2; round <= ROUNDS; round++) {
                target.proceedTo("round " + round);
                report = summary(target);
            }

            StackMemory memory = requireNonNull(report.agent().stackMemory());
            assertThat(report.totals().tracked()).isGreaterThanOrEqualTo(ROUNDS * IN_ROUND);
            assertThat(memory.limitBytes()).isEqualTo(1 << 20);
            assertThat(memory.usedBytes()).isBetween(1L << 19, 2L << 20);
            assertThat(memory.cutStacks()).isGreaterThan(100);
            assertThat((String) target.agent().call("reportText"))
                    .contains("stacks.max is 1 MB: ")
                    .contains(" stacks had frames omitted in the middle, and ");
            assertThat(target.finish().status()).isZero();
        }
    }

    /** Before there was a limit, each round left 10 MB for two minutes. */
    @OnEveryJdk
    void connectionsThatAreClosedLeaveNothing(TargetJdk jdk) throws Exception {
        List<Long> alive = new ArrayList<>();
        try (TargetProcess target = TargetJvm.of(jdk, DeepStacks.class)
                .arguments("close", Integer.toString(DEPTH), Integer.toString(IN_ROUND))
                .watched("capture.budget=100%,stacks.max=1m")
                .start()) {
            target.awaitCheckpoint("round 1");
            Heap heap = Heap.of(target.agent());
            for (int round = 2; round <= 2 * ROUNDS; round++) {
                target.proceedTo("round " + round);
                Report unused = summary(target);
                alive.add(heap.alive());
            }
            assertThat(target.finish().status()).isZero();
        }
        long early = Collections.min(alive.subList(ROUNDS / 2, ROUNDS));
        long late = Collections.min(alive.subList(alive.size() - ROUNDS / 2, alive.size()));
        assertThat(late).as("heap alive, of %s", alive).isLessThan(early + (4 << 20));
    }

    /** A report that has room in the heap: the program holds thousands of sockets. */
    private static Report summary(TargetProcess target) throws Exception {
        return ReportJson.read((String) target.agent().call("summaryJson"));
    }
}
