// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SlidingSumTest {

    private static final long NOON = 1_700_000_000_000L;

    private final SlidingSum slidingSum = new SlidingSum();

    @Test
    void sumDropsValuesOlderThanMinute() {
        slidingSum.add(1, NOON);
        slidingSum.add(2, NOON + 30_000);

        assertThat(slidingSum.sum(NOON + 30_000)).isEqualTo(3);
        assertThat(slidingSum.sum(NOON + 60_000)).isEqualTo(2);
        assertThat(slidingSum.sum(NOON + 90_000)).isZero();
        slidingSum.add(4, NOON + 60_000); // takes the place of what was a minute ago
        assertThat(slidingSum.sum(NOON + 60_000)).isEqualTo(6);
        slidingSum.add(8, NOON);
        assertThat(slidingSum.sum(NOON + 60_000)).as("told too late").isEqualTo(6);
    }
}
