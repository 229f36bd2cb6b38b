// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

    private final Pace pace = new Pace();

    @Test
    void waitingForAProcessorCostsNothing() {
        assertThat(pace.begin(1000)).isZero();
        pace.end(50_000_000);
        assertThat(pace.begin(3000)).isEqualTo(2000);
    }

    @Test
    void whatTheThreadDoesBetweenItsRoundsIsNoCostOfTheRound() {
        pace.begin(1000);
        pace.end(2000);
        assertThat(pace.begin(900_000_000)).isEqualTo(2000);
    }

    @Test
    void whereTheProcessorTimeIsUnknownTheTimeThatPassedCounts() {
        pace.begin(-1);
        pace.end(5000);
        assertThat(pace.begin(-1)).isEqualTo(5000);
        pace.end(6000);
        assertThat(pace.begin(7)).isEqualTo(6000);
    }
}
