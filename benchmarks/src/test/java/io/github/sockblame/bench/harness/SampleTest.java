// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SampleTest {

    @Test
    void theMedianOfAnOddNumberIsTheMiddleOne() {
        assertThat(Sample.of(9, 1, 5).median()).isEqualTo(5);
    }

    @Test
    void medianOfEvenCountAveragesMiddleValues() {
        assertThat(Sample.of(4, 1, 9, 2).median()).isEqualTo(3);
    }

    @Test
    void aRatioIsTakenRoundByRoundBecauseTheMachineDrifts() {
        Sample ratio = Sample.of(2, 20, 200).over(Sample.of(1, 10, 100));
        assertThat(ratio.min()).isEqualTo(2);
        assertThat(ratio.max()).isEqualTo(2);
    }

    @Test
    void roundsThatDoNotMatchAreRefused() {
        assertThatThrownBy(() -> Sample.of(1, 2).over(Sample.of(1))).isInstanceOf(IllegalArgumentException.class);
    }

    /** Logs 0, 0.1 and 0.2: mean 0.1, standard deviation 0.1, t of two degrees 4.303, so 0.1 ± 4.303 * 0.1 / sqrt(3). */
    @Test
    void theConfidenceIntervalIsStudentsOfTheLogarithms() {
        Sample.Interval interval = Sample.of(1, Math.exp(0.1), Math.exp(0.2)).confidence();
        assertThat(interval.low()).isCloseTo(Math.exp(0.1 - 0.24843), within(1e-4));
        assertThat(interval.high()).isCloseTo(Math.exp(0.1 + 0.24843), within(1e-4));
    }

    @Test
    void oneRoundTellsNothingOfItsConfidence() {
        Sample.Interval interval = Sample.of(1).confidence();
        assertThat(interval.low()).isZero();
        assertThat(interval.high()).isInfinite();
    }

    @Test
    void noFigureIsNoSample() {
        assertThatThrownBy(Sample::of).isInstanceOf(IllegalArgumentException.class);
    }
}
