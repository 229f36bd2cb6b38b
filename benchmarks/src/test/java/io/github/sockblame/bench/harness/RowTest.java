// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowTest {

    @Test
    void theMedianDecidesWhetherATargetIsMet() {
        assertThat(Row.of("a", BenchTarget.atMostTimes(1.1), Sample.of(1.0, 1.1, 5), "")
                        .outcome())
                .isEqualTo(Outcome.MET);
        assertThat(Row.of("a", BenchTarget.atMostTimes(1.1), Sample.of(1.0, 1.11, 5), "")
                        .outcome())
                .isEqualTo(Outcome.MISSED);
    }

    @Test
    void ofThroughputMoreIsBetter() {
        assertThat(Row.of("a", BenchTarget.atLeastTimes(0.99), Sample.of(1.2), "")
                        .outcome())
                .isEqualTo(Outcome.MET);
        assertThat(Row.of("a", BenchTarget.atLeastTimes(0.99), Sample.of(0.98), "")
                        .outcome())
                .isEqualTo(Outcome.MISSED);
    }

    @Test
    void withoutATargetNothingIsMetOrMissed() {
        Row row = Row.of("a", BenchTarget.none(), Sample.of(3), "");
        assertThat(row.outcome()).isEqualTo(Outcome.BESIDE);
        assertThat(row.target()).isEqualTo("-");
    }

    @Test
    void anIntervalAroundTheTargetSettlesNothing() {
        BenchTarget benchTarget = BenchTarget.atMostTimes(1.01);
        assertThat(Row.ofConfidence("a", benchTarget, Sample.of(0.9, 1.0, 1.1), "")
                        .outcome())
                .isEqualTo(Outcome.UNSETTLED);
        assertThat(Row.ofConfidence("a", benchTarget, Sample.of(1.0, 1.001, 1.002), "")
                        .outcome())
                .isEqualTo(Outcome.MET);
        assertThat(Row.ofConfidence("a", benchTarget, Sample.of(1.2, 1.201, 1.202), "")
                        .outcome())
                .isEqualTo(Outcome.MISSED);
    }

    @Test
    void oneRoundSettlesNoInterval() {
        Row row = Row.ofConfidence("a", BenchTarget.atMostTimes(1.01), Sample.of(1.0), "");
        assertThat(row.outcome()).isEqualTo(Outcome.UNSETTLED);
        assertThat(row.spread()).isEqualTo("1 round");
    }

    @Test
    void figuresAreTheSameInEveryCountry() {
        Row row = Row.of("a", BenchTarget.atMost(1024, " B", 0), Sample.of(1500.4, 2000, 1000), "");
        assertThat(row.target()).isEqualTo("<= 1,024 B");
        assertThat(row.result()).isEqualTo("1,500 B");
        assertThat(row.spread()).isEqualTo("1,000..2,000");
    }
}
