// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.BackgroundLoad;
import io.github.sockblame.it.harness.BlockedThreads;
import io.github.sockblame.it.harness.Heap;
import io.github.sockblame.it.harness.QuietSnapshot;
import io.github.sockblame.it.harness.SocketInodes;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJdks;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetOutputOnFailure;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.scenario.leak.Soak;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Sockets come and go for a long time, each with a stack of its own, and so do viewers: nothing differs, nothing grows, no thread is blocked. */
@Tag("own-network")
class SoakIT {

    private static final int SECONDS = TestEnvironment.number("soak.seconds");

    /** For what comes before and after. */
    private static final int MORE_SECONDS = 300;

    private static final int ROUND_MILLIS = 3000;

    /** In the first quarter all classes are loaded, and in a long run all histories of the agent get full. */
    private static final int LEAST_ROUNDS = 8;

    /**
     * Bytes by which what is alive goes up and down, by who asked last and what was closed in the last two minutes. That is a hundred for
     * each socket of the short run, and two for each of a run of twenty minutes.
     */
    private static final long NOISE = 4 * 1024 * 1024;

    /** Files that may be open at a moment: who takes a report may open one. */
    private static final int FEW_FILES = 2;

    @ParameterizedTest(name = "{0}")
    @ArgumentsSource(TargetJdks.class)
    @ExtendWith(TargetOutputOnFailure.class)
    @Timeout(3000)
    void soakFindsNoDifferenceNoGrowthNoBlockedThread(TargetJdk jdk) throws Exception {
        Path recording = TestEnvironment.newFolder("soak").resolve("locks.jfr");
        List<Long> alive = new ArrayList<>();
        List<Integer> otherFiles = new ArrayList<>();
        try (TargetProcess target = TargetJvm.of(jdk, Soak.class)
                .jvm(
                        "-XX:StartFlightRecording:filename=" + recording
                                + ",jdk.JavaMonitorEnter#threshold=0ms,jdk.ThreadPark#threshold=0ms",
                        "-XX:SoftRefLRUPolicyMSPerMB=0", // what is only cached is not alive
                        "-XX:MarkSweepDeadRatio=0", // a collection leaves no dead objects in place, which would count
                        // as alive
                        "-Dlongest.life=" + (SECONDS + MORE_SECONDS))
                .arguments(Integer.toString(ROUND_MILLIS))
                .watched("grace=1s,stacks.max=1m") // which is reached in the first quarter: each socket has a stack of
                // its own
                .start()) {
            target.awaitCheckpoint("round 1");
            Instant woven = Instant.now();
            Heap heap = Heap.of(target.agent());
            int round = 1;
            BackgroundLoad others = BackgroundLoad.of(jdk, target);
            try {
                long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
                while (System.nanoTime() - deadline < 0 || alive.size() < LEAST_ROUNDS) {
                    round++;
                    target.proceedTo("round " + round);
                    others.without(() -> {
                        QuietSnapshot.moment(target).checkTotals();
                        alive.add(heap.alive());
                        otherFiles.add(filesOtherThanSockets(target));
                        return true;
                    });
                }
            } finally {
                others.end();
            }
            assertThat(target.finish().status()).isZero();

            int quarter = alive.size() / 4;
            long early = Collections.min(alive.subList(quarter, 2 * quarter));
            long late = Collections.min(alive.subList(3 * quarter, alive.size()));
            System.out.printf(
                    Locale.ROOT,
                    "SOAK on %s: %d s, %d rounds, %d sockets, viewers came %d times, %d thread dumps;"
                            + " least heap alive %d KB in the second quarter, %d KB in the last; other files %s%n",
                    jdk,
                    SECONDS,
                    round,
                    target.number("opened-until-" + round),
                    others.rounds(),
                    others.blocked().looks(),
                    early / 1024,
                    late / 1024,
                    otherFiles.stream().distinct().sorted().toList());
            assertThat(late).as("heap alive, of %s", alive).isLessThan(early + NOISE);
            assertThat(otherFiles.get(otherFiles.size() - 1))
                    .as("files, of %s", otherFiles)
                    .isLessThanOrEqualTo(Collections.max(otherFiles.subList(0, 2 * quarter)) + FEW_FILES);
            assertThat(others.blocked().found()).isEmpty();
            assertThat(BlockedThreads.in(recording, woven)).isEmpty();
        }
    }

    private static int filesOtherThanSockets(TargetProcess target) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc", target.pidText(), "fd"))) {
            return (int) all.count() - SocketInodes.of(target.pid()).size();
        }
    }
}
