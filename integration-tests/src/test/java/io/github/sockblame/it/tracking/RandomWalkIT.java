// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.docs.ClassOutcomes;
import io.github.sockblame.it.docs.CoverageTable;
import io.github.sockblame.it.docs.LastTest;
import io.github.sockblame.it.docs.NewDocuments;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.Output;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJdks;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetOutputOnFailure;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.scenario.walk.RandomWalk;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** The ledger equals the kernel after every step of a random walk through the lives of sockets. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag(OnEveryJdk.TAG)
class RandomWalkIT {

    @RegisterExtension
    static final ClassOutcomes TESTS = new ClassOutcomes();

    private static final String SEED = "20261122";
    private static final int STEPS = TestEnvironment.number("walk.steps");

    /** A walk that is long enough to come to everything that a socket can go through. */
    private static final int WHOLE = 10_000;

    private static final String MOST_AT_ONCE = "4";
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final CoverageTable TABLE = new CoverageTable();

    @ParameterizedTest(name = "{0}")
    @ArgumentsSource(TargetJdks.class)
    @ExtendWith(TargetOutputOnFailure.class)
    @Timeout(2000)
    void ledgerEqualsKernelAfterEachStep(TargetJdk jdk) throws Exception {
        try (TargetProcess walk = TargetJvm.of(jdk, RandomWalk.class)
                .carrying(TestEnvironment.report())
                .arguments(
                        SEED,
                        Integer.toString(STEPS),
                        MOST_AT_ONCE,
                        TestEnvironment.newFolder("walk").toString())
                .jvm("-XX:TieredStopAtLevel=4")
                .watched()
                .start()) {
            Output output = walk.awaitEnd(PATIENCE);

            assertThat(output.status()).as("%s", walk).isZero();
            assertThat(output.out()).contains("steps\t" + STEPS, "differences\t0");
            TABLE.add(jdk, output.out());
        }
    }

    @LastTest
    void tableEqualsPublishedOne() throws Exception {
        boolean whole = STEPS >= WHOLE && TABLE.hasVirtualThreads();
        NewDocuments made = NewDocuments.ofThisRun();
        if (whole) {
            made.write(Map.of(CoverageTable.DOCUMENT.file(), TABLE.text()), TESTS);
        }
        if (made.publishing()) {
            assertThat(whole)
                    .as("walks of %d steps, one of them on a JDK with virtual threads: no others are published", WHOLE)
                    .isTrue();
            return;
        }
        assertThat(CoverageTable.publishedRows())
                .as(CoverageTable.DOCUMENT.hint())
                .containsAll(TABLE.rows());
        if (whole) {
            assertThat(TABLE.rows()).containsAll(CoverageTable.publishedRows());
        }
    }
}
