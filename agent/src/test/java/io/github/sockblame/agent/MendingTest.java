// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.log.InternalErrors;
import org.junit.jupiter.api.Test;

class MendingTest {

    private int tries;
    private Runnable atEachTry = () -> {};
    private boolean works;

    private final Mending mending = after(0);

    private Mending after(long nanos) {
        return new Mending(nanos) {
            @Override
            boolean weave() {
                tries++;
                atEachTry.run();
                return works;
            }
        };
    }

    @Test
    void leavesAClassAloneThatIsBeingLoadedPerhaps() {
        Mending patient = after(Long.MAX_VALUE);
        patient.ask();
        patient.run();
        assertThat(tries).isZero();
        assertThat(patient.isDue()).isTrue();
    }

    @Test
    void isDueFromTheRequestUntilItWorked() {
        assertThat(mending.isDue()).isFalse();
        mending.ask();
        mending.run();
        assertThat(mending.isDue()).isTrue();

        works = true;
        mending.run();
        assertThat(mending.isDue()).isFalse();
    }

    @Test
    void givesUpAfterAFewTriesAndBeginsAnewForTheNextClass() {
        atEachTry = mending::ask; // as the transformer does when it fails again
        for (int expected : new int[] {3, 6}) {
            mending.ask();
            while (mending.isDue()) {
                mending.run();
            }
            assertThat(tries).isEqualTo(expected);
        }
    }

    @Test
    void isNotDueBecauseALookWithoutBeingAskedFailed() {
        atEachTry = mending::ask;
        mending.run();
        assertThat(mending.isDue()).isFalse();
    }

    @Test
    void anErrorIsCountedAndTriedAgain() {
        long before = InternalErrors.count();
        atEachTry = () -> {
            throw new NoClassDefFoundError("of Byte Buddy");
        };
        mending.ask();
        mending.run();

        assertThat(InternalErrors.count() - before).isEqualTo(1);
        assertThat(mending.isDue()).isTrue();
    }
}
