// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.join.AcceptQueuePressure;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QueueHistoryTest {

    private final QueueHistory history = new QueueHistory();

    @Test
    void pollsOfFullQueueAddUp() {
        history.recordPoll(7, 50, 50, 100L, 1000);
        history.recordPoll(7, 51, 50, 103L, 2000);
        history.recordPoll(7, 45, 50, 110L, 3000);

        assertThat(history.reading(7, false, 5, 3000)).isEqualTo(new AcceptQueuePressure(1000, 3, 10L, 0, 0, 0));
    }

    @Test
    void pollWithRoomEndsPressure() {
        history.recordPoll(7, 50, 50, 100L, 1000);
        history.recordPoll(7, 39, 50, 111L, 2000);
        assertThat(history.reading(7, false, 5, 2000)).isEqualTo(AcceptQueuePressure.NONE);

        history.recordPoll(7, 50, 50, 111L, 3000);
        assertThat(history.reading(7, false, 5, 3000).sinceMillis()).isEqualTo(3000);
    }

    /** The near-miss: a busy listener, whose queue is full at every look and empty between them. */
    @Test
    void queueEmptiedBetweenPollsRestarts() {
        history.recordPoll(7, 50, 50, 100L, 1000);
        history.recordPoll(7, 50, 50, 150L, 2000);
        assertThat(history.reading(7, false, 5, 2000)).isEqualTo(new AcceptQueuePressure(2000, 1, 0L, 0, 0, 0));

        history.recordPoll(7, 50, 50, 199L, 3000);
        assertThat(history.reading(7, false, 5, 3000).polls())
                .as("one of those who waited then waits still")
                .isEqualTo(2);
    }

    @Test
    void withoutALimitAQueueThatIsNotEmptyCounts() {
        history.recordPoll(7, 1, null, null, 1000);
        history.recordPoll(7, 1, null, null, 2000);

        assertThat(history.reading(7, false, -1, 2000)).isEqualTo(new AcceptQueuePressure(1000, 2, null, 0, 0, 0));
        history.recordPoll(7, 0, null, null, 3000);
        assertThat(history.reading(7, false, -1, 3000)).isEqualTo(AcceptQueuePressure.NONE);
    }

    @Test
    void firstAcceptOfEarlierListenerRestarts() {
        history.recordPoll(7, 5, null, null, 1000);
        history.recordPoll(7, 5, null, 1L, 2000);
        assertThat(history.reading(7, false, -1, 2000)).isEqualTo(new AcceptQueuePressure(2000, 1, 0L, 0, 0, 0));
        history.recordPoll(7, 5, null, 3L, 3000);
        assertThat(history.reading(7, false, -1, 3000)).isEqualTo(new AcceptQueuePressure(2000, 2, 2L, 0, 0, 0));
    }

    @Test
    void clientsThatLeftAndOverflowsAreOfWholeReadings() {
        history.recordPoll(7, 9, null, null, 1000);
        assertThat(history.reading(7, true, 5, 1000)).isEqualTo(new AcceptQueuePressure(1000, 1, null, 1000, 1, 0));
        history.recordPoll(7, 9, null, null, 2000);
        assertThat(history.reading(7, true, 8, 2000)).isEqualTo(new AcceptQueuePressure(1000, 2, null, 1000, 2, 3));
        assertThat(history.reading(7, false, 8, 3000).leftReadings()).isZero();
        assertThat(history.reading(7, true, 8, 4000).leftSinceMillis()).isEqualTo(4000);
    }

    @Test
    void eachListenerHasItsOwnAndIsForgottenWithIt() {
        history.recordPoll(7, 50, 50, 0L, 1000);
        history.recordPoll(8, 50, 50, 0L, 2000);
        history.retain(Set.of(8L));

        assertThat(history.reading(7, false, 0, 3000)).isEqualTo(AcceptQueuePressure.NONE);
        assertThat(history.reading(8, false, 0, 3000).sinceMillis()).isEqualTo(2000);
    }
}
