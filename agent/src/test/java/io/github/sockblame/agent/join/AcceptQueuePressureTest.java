// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.join;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptQueuePressureTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, false",
        "1, 0, true", // the kernel lets in one more than the limit
        "0, 1, false",
        "1, 1, true",
        "1, 2, false",
        "2, 2, true",
        "3, 50, false",
        "39, 50, false",
        "40, 50, true",
        "51, 50, true",
        "2147483647, 2147483647, true"
    })
    void eightTenthsOfTheLimitAreNearIt(long queue, int limit, boolean pressed) {
        assertThat(AcceptQueuePressure.isNearlyFull(queue, limit)).isEqualTo(pressed);
    }

    @Test
    void withoutALimitAnyQueueIsLookedAt() {
        assertThat(AcceptQueuePressure.isNearlyFull(0, null)).isFalse();
        assertThat(AcceptQueuePressure.isNearlyFull(1, null)).isTrue();
    }
}
