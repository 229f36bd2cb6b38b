// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DutyCycleTest {

    private final DutyCycle dutyCycle = new DutyCycle();

    @Test
    void waitingForAProcessorCostsNothing() {
        costOfTwoRounds(2000, 50_000_000);
        assertThat(dutyCycle.startRound(4000)).isEqualTo(2000);
    }

    @Test
    void processorTimeBetweenRoundsAddsNoCost() {
        costOfTwoRounds(900_000_000, 2000);
        assertThat(dutyCycle.startRound(1_800_000_000)).isEqualTo(2000);
    }

    @Test
    void passedTimeReplacesUnknownProcessorTime() {
        dutyCycle.startRound(-1);
        dutyCycle.endRound(5000);
        dutyCycle.startRound(-1);
        dutyCycle.endRound(6000);
        assertThat(dutyCycle.startRound(-1)).isEqualTo(5000);
        dutyCycle.endRound(7000);
        assertThat(dutyCycle.startRound(7)).isEqualTo(6000);
    }

    @Test
    void oneDearRoundIsNotTheRule() {
        costOfTwoRounds(2000, 50_000_000);
        assertThat(dutyCycle.startRound(4000)).isEqualTo(2000);
        dutyCycle.endRound(200_000_000);
        assertThat(dutyCycle.startRound(150_000_000)).as("after a dear one").isEqualTo(2000);
        dutyCycle.endRound(50_000_000);
        assertThat(dutyCycle.startRound(150_003_000))
                .as("after a cheap one again")
                .isEqualTo(3000);
        dutyCycle.endRound(200_000_000);
        assertThat(dutyCycle.startRound(250_003_000))
                .as("after a dear one again")
                .isEqualTo(3000);
        dutyCycle.endRound(200_000_000);
        assertThat(dutyCycle.startRound(350_003_000)).as("after two of them").isEqualTo(100_000_000);
    }

    @Test
    void extraWorkDelaysNextRound() {
        costOfTwoRounds(2000, 2000);
        dutyCycle.addExtraWork(80_000_000, 70_000_000);
        assertThat(dutyCycle.startRound(70_004_000)).isEqualTo(70_002_000);
        dutyCycle.endRound(2000);
        assertThat(dutyCycle.startRound(70_006_000)).as("once").isEqualTo(2000);
        dutyCycle.endRound(2000);
        dutyCycle.addExtraWork(80_000_000, -1);
        assertThat(dutyCycle.startRound(150_008_000))
                .as("of unknown processor time")
                .isEqualTo(80_002_000);
        dutyCycle.endRound(2000);
        dutyCycle.addExtraWork(9_000_000_000L, 9_000_000_000L);
        assertThat(dutyCycle.startRound(9_150_010_000L))
                .as("by no more than half a minute")
                .isEqualTo(DutyCycle.MAX_EXTRA_NANOS + 2000);
    }

    @Test
    void recordingDelaysNextRoundByProcessorTime() {
        costOfTwoRounds(2000, 2000);
        dutyCycle.addWorkBetweenRounds(3000);
        dutyCycle.addWorkBetweenRounds(4000);
        assertThat(dutyCycle.startRound(11_000)).as("all of it").isEqualTo(2000 + 7000);
        dutyCycle.endRound(2000);
        assertThat(dutyCycle.startRound(13_000)).as("once").isEqualTo(2000);
        dutyCycle.endRound(2000);
        dutyCycle.addWorkBetweenRounds(50_000_000);
        assertThat(dutyCycle.startRound(18_000))
                .as("of which it waited for a processor most of the time")
                .isEqualTo(2000 + 5000);
        dutyCycle.endRound(2000);
        dutyCycle.addWorkBetweenRounds(9_000_000_000L);
        assertThat(dutyCycle.startRound(-1))
                .as("by no more than half a minute")
                .isEqualTo(2000 + DutyCycle.MAX_EXTRA_NANOS);
    }

    /** Each takes that much processor time, and the other in all; the next begins when the second has ended. */
    private void costOfTwoRounds(long cpuNanos, long passed) {
        dutyCycle.startRound(0);
        dutyCycle.endRound(passed);
        dutyCycle.startRound(cpuNanos);
        dutyCycle.endRound(passed);
    }
}
