// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LastMinuteTest {

    private static final long NOON = 1_700_000_000_000L;

    private final LastMinute lastMinute = new LastMinute();

    @Test
    void whatIsOlderThanAMinuteIsGone() {
        lastMinute.add(1, NOON);
        lastMinute.add(2, NOON + 30_000);

        assertThat(lastMinute.sum(NOON + 30_000)).isEqualTo(3);
        assertThat(lastMinute.sum(NOON + 60_000)).isEqualTo(2);
        assertThat(lastMinute.sum(NOON + 90_000)).isZero();
        lastMinute.add(4, NOON + 60_000); // takes the place of what was a minute ago
        assertThat(lastMinute.sum(NOON + 60_000)).isEqualTo(6);
        lastMinute.add(8, NOON);
        assertThat(lastMinute.sum(NOON + 60_000)).as("told too late").isEqualTo(6);
    }
}
