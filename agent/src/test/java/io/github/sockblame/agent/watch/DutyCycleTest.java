// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.service.WatchThreadShare;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DutyCycleTest {

    /** A delay of two seconds pays for it. */
    private static final long TWO_PERIODS = 2 * DutyCycle.COST_OF_PERIOD;

    private final DutyCycle dutyCycle = new DutyCycle();

    @Test
    void waitingForAProcessorCostsNothing() {
        costOfTwoRounds(2000, 50_000_000);
        assertThat(startRound(4000)).isEqualTo(2000);
    }

    @Test
    void processorTimeBetweenRoundsAddsNoCost() {
        costOfTwoRounds(900_000_000, 2000);
        assertThat(startRound(1_800_000_000)).isEqualTo(2000);
    }

    @Test
    void passedTimeReplacesUnknownProcessorTime() {
        dutyCycle.startRound(-1, true);
        dutyCycle.endRound(5000);
        dutyCycle.startRound(-1, true);
        dutyCycle.endRound(6000);
        assertThat(dutyCycle.startRound(-1, true)).isEqualTo(5000);
        dutyCycle.endRound(7000);
        assertThat(dutyCycle.startRound(7, true)).isEqualTo(6000);
    }

    @Test
    void roundThatLoadsClassesIsNoDebt() {
        costOfTwoRounds(2000, 50_000_000);
        dutyCycle.startRound(4000, true);
        dutyCycle.endRound(200_000_000);
        assertThat(dutyCycle.startRound(200_004_000, true)).isEqualTo(2000);
        dutyCycle.endRound(2000);
        assertThat(startRound(200_006_000)).isEqualTo(2000);
    }

    @Test
    void laterExpensiveRoundIsPaidInParts() {
        costOfTwoRounds(2000, 2000);
        startRound(4000);
        dutyCycle.endRound(100_000_000);
        long total = startRound(100_004_000);
        assertThat(total).as("a part").isEqualTo(TWO_PERIODS);
        int rounds = 1;
        for (long cpu = 100_006_000, cost = total; cost > 2000; cpu += 2000, rounds++) {
            dutyCycle.endRound(2000);
            cost = startRound(cpu);
            assertThat(cost).isLessThanOrEqualTo(TWO_PERIODS);
            total += cost - 2000;
        }
        assertThat(total).as("of all of it, and not more").isEqualTo(100_000_000);
        assertThat(rounds).isEqualTo(12);
    }

    @Test
    void twoExpensiveRoundsAreTheUsualCost() {
        costOfTwoRounds(100_000_000, 100_000_000);
        assertThat(startRound(200_000_000)).isEqualTo(100_000_000);
    }

    @Test
    void reportIsPaidInParts() {
        costOfTwoRounds(2000, 2000);
        dutyCycle.addExtraWork(8_000_000, 7_000_000);
        assertThat(startRound(7_004_000)).isEqualTo(7_002_000);
        dutyCycle.endRound(2000);
        assertThat(startRound(7_006_000)).as("once").isEqualTo(2000);
        dutyCycle.endRound(2000);
        dutyCycle.addExtraWork(8_000_000, -1);
        assertThat(startRound(15_008_000)).as("of unknown processor time").isEqualTo(8_002_000);
        dutyCycle.endRound(2000);
        dutyCycle.addExtraWork(9_000_000_000L, 9_000_000_000L);
        assertThat(startRound(9_015_010_000L)).as("no more than two seconds").isEqualTo(TWO_PERIODS);
    }

    @Test
    void recordingIsPaidByItsProcessorTime() {
        costOfTwoRounds(2000, 2000);
        dutyCycle.addWorkBetweenRounds(3000);
        dutyCycle.addWorkBetweenRounds(4000);
        assertThat(startRound(11_000)).as("all of it").isEqualTo(2000 + 7000);
        dutyCycle.endRound(2000);
        assertThat(startRound(13_000)).as("once").isEqualTo(2000);
        dutyCycle.endRound(2000);
        dutyCycle.addWorkBetweenRounds(50_000_000);
        assertThat(startRound(18_000))
                .as("of which it waited for a processor most of the time")
                .isEqualTo(2000 + 5000);
    }

    /** The first report loads classes: it took 6 to 17 s of pause at once. */
    @ParameterizedTest
    @CsvSource({"1000, 30", "1000, 85", "1000, 150", "4000, 150", "20000, 150"})
    void firstReportDelaysNoRoundMuch(long usualMicros, long reportMillis) {
        Simulation simulation = new Simulation(TimeUnit.MICROSECONDS.toNanos(usualMicros));
        simulation.rounds(10);
        simulation.report(TimeUnit.MILLISECONDS.toNanos(reportMillis));
        simulation.rounds(100);

        long usualDelay = Math.max(WatchSchedule.PERIOD, simulation.usual * WatchThreadShare.DUTY_DIVISOR);
        assertThat(simulation.longestDelay).isLessThanOrEqualTo(2 * usualDelay);
        assertThat(simulation.share() * WatchThreadShare.DUTY_DIVISOR).isLessThan(1.01);
    }

    /** An alert that is ongoing has reports for two hours, as often as the alerts allow, each in a round. */
    @ParameterizedTest
    @CsvSource({"1000, 10", "1000, 100", "1000, 150", "5000, 60", "20000, 20", "20000, 150", "100000, 150"})
    void shareHoldsInTheLongRun(long usualMicros, long reportMillis) {
        long report = TimeUnit.MILLISECONDS.toNanos(reportMillis);
        Simulation simulation = new Simulation(TimeUnit.MICROSECONDS.toNanos(usualMicros));
        long pause = Math.min(
                TimeUnit.SECONDS.toNanos(30),
                Math.max(TimeUnit.SECONDS.toNanos(5), report * WatchThreadShare.DUTY_DIVISOR));
        long nextReport = 0;
        while (simulation.now < TimeUnit.HOURS.toNanos(2)) {
            simulation.rounds(1);
            if (simulation.now >= nextReport) {
                simulation.report(report);
                nextReport = simulation.now + pause;
            }
        }
        assertThat(simulation.share() * WatchThreadShare.DUTY_DIVISOR).isLessThan(1.03);
        assertThat(TimeUnit.NANOSECONDS.toSeconds(simulation.longestDelay))
                .as("at most as if each report were paid at once")
                .isLessThanOrEqualTo((reportMillis + usualMicros / 1000) * WatchThreadShare.DUTY_DIVISOR / 1000);
    }

    /** A thread whose rounds all cost the same, and whose time passes only between them. */
    private final class Simulation {

        private final long usual;
        private long now;
        private long cpu;
        private long longestDelay;

        Simulation(long usual) {
            this.usual = usual;
        }

        void rounds(int count) {
            for (int i = 0; i < count; i++) {
                long cost = startRound(cpu);
                long delay = Math.max(WatchSchedule.PERIOD, cost * WatchThreadShare.DUTY_DIVISOR);
                longestDelay = Math.max(longestDelay, delay);
                now += delay;
                cpu += usual;
                dutyCycle.endRound(usual);
            }
        }

        void report(long nanos) {
            cpu += nanos;
            dutyCycle.addExtraWork(nanos, nanos);
        }

        double share() {
            return (double) cpu / now;
        }
    }

    private long startRound(long cpuNanos) {
        return dutyCycle.startRound(cpuNanos, false);
    }

    /** Each takes that much processor time, and the other in all; the next begins when the second has ended. */
    private void costOfTwoRounds(long cpuNanos, long passed) {
        dutyCycle.startRound(0, true);
        dutyCycle.endRound(passed);
        dutyCycle.startRound(cpuNanos, true);
        dutyCycle.endRound(passed);
    }
}
