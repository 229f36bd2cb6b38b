// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.capture.WatchedTime;
import io.github.sockblame.agent.join.AcceptQueuePressure;
import io.github.sockblame.report.Confidence;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UnacceptedRuleTest {

    private static final long NOW = 1_000_000;
    private static final long GRACE = 5000;

    @Test
    void fullQueueWithoutAcceptsIsCertain() {
        assertThat(confidence(full(NOW - GRACE, 2, 0L), true)).isEqualTo(Confidence.CERTAIN);
        assertThat(confidence(full(NOW - GRACE, 2, 3L), true))
                .as("somebody accepts, and too slowly")
                .isEqualTo(Confidence.PROBABLE);
        assertThat(confidence(full(NOW - GRACE, 2, null), true)).isEqualTo(Confidence.PROBABLE);
    }

    @Test
    void onePollOrShortTimeHasNoVerdict() {
        assertThat(confidence(full(NOW - GRACE, 1, 0L), true)).isNull();
        assertThat(confidence(full(NOW - GRACE + 1, 9, 0L), true)).isNull();
        assertThat(confidence(AcceptQueuePressure.NONE, true)).isNull();
    }

    @Test
    void withoutALimitSomethingElseMustSpeakForIt() {
        assertThat(confidence(full(NOW - GRACE, 9, null), false)).isNull();
        assertThat(confidence(new AcceptQueuePressure(NOW - GRACE, 9, null, NOW - GRACE, 2, 0), false))
                .isEqualTo(Confidence.POSSIBLE);
        assertThat(confidence(new AcceptQueuePressure(NOW - GRACE, 9, null, NOW - GRACE, 1, 0), false))
                .as("clients that left, at one look")
                .isNull();
        assertThat(confidence(new AcceptQueuePressure(NOW - GRACE, 9, null, NOW - GRACE + 1, 2, 0), false))
                .as("clients that left a moment ago")
                .isNull();
        assertThat(confidence(new AcceptQueuePressure(NOW - GRACE, 9, null, 0, 0, 1), false))
                .isEqualTo(Confidence.POSSIBLE);
    }

    private static AcceptQueuePressure full(long since, int looks, @Nullable Long accepted) {
        return new AcceptQueuePressure(since, looks, accepted, 0, 0, 0);
    }

    private static @Nullable Confidence confidence(AcceptQueuePressure pressure, boolean limitKnown) {
        return UnacceptedRule.confidence(
                pressure,
                limitKnown,
                new Waiting(
                        NOW,
                        new GracePeriods(Duration.ofMillis(GRACE), Duration.ofMinutes(15)),
                        WatchedTime.WITHOUT_PAUSE));
    }
}
