// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.log.InternalErrors;
import org.junit.jupiter.api.Test;

class HookRetryTest {

    private int tries;
    private Runnable atEachTry = () -> {};
    private boolean works;

    private final HookRetry hookRetry = after(0);

    private HookRetry after(long nanos) {
        return new HookRetry(
                () -> {
                    tries++;
                    atEachTry.run();
                    return works;
                },
                nanos);
    }

    @Test
    void leavesAClassAloneThatIsBeingLoadedPerhaps() {
        HookRetry patient = after(Long.MAX_VALUE);
        patient.request();
        patient.run();
        assertThat(tries).isZero();
        assertThat(patient.isDue()).isTrue();
    }

    @Test
    void isDueFromTheRequestUntilItWorked() {
        assertThat(hookRetry.isDue()).isFalse();
        hookRetry.request();
        hookRetry.run();
        assertThat(hookRetry.isDue()).isTrue();

        works = true;
        hookRetry.run();
        assertThat(hookRetry.isDue()).isFalse();
    }

    @Test
    void triesAreLimitedForEachRequest() {
        atEachTry = hookRetry::request; // as the transformer does when it fails again
        for (int expected : new int[] {3, 6}) {
            hookRetry.request();
            while (hookRetry.isDue()) {
                hookRetry.run();
            }
            assertThat(tries).isEqualTo(expected);
        }
    }

    @Test
    void failedRunWithoutRequestIsNotDue() {
        atEachTry = hookRetry::request;
        hookRetry.run();
        assertThat(hookRetry.isDue()).isFalse();
    }

    @Test
    void checksWithoutARequestBecomeRare() {
        works = true;
        for (int call = 0; call < 1 + 2 + 4 + 8 - 4; call++) {
            hookRetry.run();
        }
        assertThat(tries).as("calls 1, 3, 7").isEqualTo(3);

        for (int call = 0; call < 10_000; call++) {
            hookRetry.run();
        }
        assertThat(tries).isBetween(10_000 / (HookRetry.LONGEST_PAUSE + 1), 10_000 / HookRetry.LONGEST_PAUSE + 8);

        hookRetry.request();
        int before = tries;
        hookRetry.run();
        assertThat(tries).as("a request does not wait").isEqualTo(before + 1);
    }

    @Test
    void anErrorIsCountedAndTriedAgain() {
        long before = InternalErrors.total();
        atEachTry = () -> {
            throw new NoClassDefFoundError("of Byte Buddy");
        };
        hookRetry.request();
        hookRetry.run();

        assertThat(InternalErrors.total() - before).isEqualTo(1);
        assertThat(hookRetry.isDue()).isTrue();
    }
}
