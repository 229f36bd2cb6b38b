// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CaptureBudgetTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long WALK = 4_000;

    private final CaptureBudget budget = new CaptureBudget(0.02, 0);

    @Test
    void afterAQuietTimeThereIsEnoughForABurst() {
        int afforded = 0;
        while (budget.spend(WALK, 0) >= 0) {
            afforded++;
        }
        assertThat(afforded).isEqualTo(25_000); // five seconds of two hundredths of a core
    }

    @Test
    void inTheLongRunTheShareIsSpent() {
        long spent = 0;
        for (long now = 0; now < 100 * SECOND; now += SECOND / 1000) {
            while (budget.remaining(now) > 0) {
                long unused = budget.spend(WALK, now);
                spent += WALK;
            }
        }
        assertThat(spent / (100.0 * SECOND)).isBetween(0.02, 0.0215); // and the burst at the beginning
    }

    @Test
    void savingsHaveALimit() {
        long unused = budget.spend(WALK, 1000 * SECOND);

        assertThat(budget.remaining(2000 * SECOND)).isEqualTo(CaptureBudget.SAVED_SECONDS * SECOND);
        assertThat(budget.isMostlyFree(2000 * SECOND)).isTrue();
    }

    @Test
    void aWalkThatWasInterruptedDoesNotUseUpTheBudget() {
        assertThat(budget.spend(SECOND, 0)).isGreaterThan(0);
    }

    @Test
    void theCostOfAStackIsMeasured() {
        for (int i = 0; i < 1000; i++) {
            long unused = budget.spend(20_000, 0);
        }
        assertThat(budget.affordableIn(SECOND)).isBetween(990L, 1100L);
    }

    @Test
    void withoutALimitNothingIsSpent() {
        CaptureBudget unlimited = new CaptureBudget(StackCapturer.UNLIMITED, 0);
        for (int i = 0; i < 100_000; i++) {
            assertThat(unlimited.spend(SECOND, 0)).isPositive();
        }
        assertThat(unlimited.affordableIn(1)).isEqualTo(Long.MAX_VALUE);
    }
}
