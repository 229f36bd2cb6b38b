// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

    private final Pace pace = new Pace();

    @Test
    void waitingForAProcessorCostsNothing() {
        costOfTwoRounds(2000, 50_000_000);
        assertThat(pace.begin(4000)).isEqualTo(2000);
    }

    @Test
    void whatTheThreadDoesBetweenItsRoundsIsNoCostOfTheRound() {
        costOfTwoRounds(900_000_000, 2000);
        assertThat(pace.begin(1_800_000_000)).isEqualTo(2000);
    }

    @Test
    void whereTheProcessorTimeIsUnknownTheTimeThatPassedCounts() {
        pace.begin(-1);
        pace.end(5000);
        pace.begin(-1);
        pace.end(6000);
        assertThat(pace.begin(-1)).isEqualTo(5000);
        pace.end(7000);
        assertThat(pace.begin(7)).isEqualTo(6000);
    }

    @Test
    void oneDearRoundIsNotTheRule() {
        costOfTwoRounds(2000, 50_000_000);
        assertThat(pace.begin(4000)).isEqualTo(2000);
        pace.end(200_000_000);
        assertThat(pace.begin(150_000_000)).as("after a dear one").isEqualTo(2000);
        pace.end(50_000_000);
        assertThat(pace.begin(150_003_000)).as("after a cheap one again").isEqualTo(3000);
        pace.end(200_000_000);
        assertThat(pace.begin(250_003_000)).as("after a dear one again").isEqualTo(3000);
        pace.end(200_000_000);
        assertThat(pace.begin(350_003_000)).as("after two of them").isEqualTo(100_000_000);
    }

    @Test
    void whatIsDoneBesideARoundPutsOffTheNext() {
        costOfTwoRounds(2000, 2000);
        pace.beside(80_000_000, 70_000_000);
        assertThat(pace.begin(70_004_000)).isEqualTo(70_002_000);
        pace.end(2000);
        assertThat(pace.begin(70_006_000)).as("once").isEqualTo(2000);
        pace.end(2000);
        pace.beside(80_000_000, -1);
        assertThat(pace.begin(150_008_000)).as("of unknown processor time").isEqualTo(80_002_000);
        pace.end(2000);
        pace.beside(9_000_000_000L, 9_000_000_000L);
        assertThat(pace.begin(9_150_010_000L))
                .as("by no more than half a minute")
                .isEqualTo(Pace.MOST_BESIDE + 2000);
    }

    @Test
    void whatIsNotedBetweenRoundsPutsOffTheNextByItsProcessorTime() {
        costOfTwoRounds(2000, 2000);
        pace.noted(3000);
        pace.noted(4000);
        assertThat(pace.begin(11_000)).as("all of it").isEqualTo(2000 + 7000);
        pace.end(2000);
        assertThat(pace.begin(13_000)).as("once").isEqualTo(2000);
        pace.end(2000);
        pace.noted(50_000_000);
        assertThat(pace.begin(18_000))
                .as("of which it waited for a processor most of the time")
                .isEqualTo(2000 + 5000);
        pace.end(2000);
        pace.noted(9_000_000_000L);
        assertThat(pace.begin(-1)).as("by no more than half a minute").isEqualTo(2000 + Pace.MOST_BESIDE);
    }

    /** Each takes that much processor time, and the other in all; the next begins when the second has ended. */
    private void costOfTwoRounds(long cpuNanos, long passed) {
        pace.begin(0);
        pace.end(passed);
        pace.begin(cpuNanos);
        pace.end(passed);
    }
}
