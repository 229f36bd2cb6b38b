// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.verdict;

import static io.github.sockblame.agent.join.JoinFixtures.NOW;
import static io.github.sockblame.agent.join.JoinFixtures.closeWait;
import static io.github.sockblame.agent.join.JoinFixtures.eof;
import static io.github.sockblame.agent.join.JoinFixtures.opened;
import static io.github.sockblame.agent.join.JoinFixtures.socket;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.capture.SampleTime;
import io.github.sockblame.agent.capture.WatchedTime;
import io.github.sockblame.agent.join.JoinedSocket;
import io.github.sockblame.report.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WaitingTest {

    private static final GracePeriods PERIODS = new GracePeriods(Duration.ofSeconds(5), Duration.ofMinutes(15));

    private static final JoinedSocket UNREAD_FOR_A_MINUTE = closeWait(opened(7), 1L);

    private static final JoinedSocket PAST_ITS_EOF_FOR_A_MINUTE =
            closeWait(socket(8, eof(), "com.acme.Client.connect:41"), 0L);

    @Test
    void aPauseOfTheProcessMakesNoConnectionOld() {
        assertThat(verdict(UNREAD_FOR_A_MINUTE, WatchedTime.WITHOUT_PAUSE)).isEqualTo(Verdict.ABANDONED);
        assertThat(verdict(PAST_ITS_EOF_FOR_A_MINUTE, WatchedTime.WITHOUT_PAUSE))
                .isEqualTo(Verdict.FORGOTTEN);
        WatchedTime paused = SampleTime.pausedBetween(NOW - 45_000, NOW - 5000);
        assertThat(verdict(UNREAD_FOR_A_MINUTE, paused)).isEqualTo(Verdict.FRESH);
        assertThat(verdict(PAST_ITS_EOF_FOR_A_MINUTE, paused)).isEqualTo(Verdict.FRESH);
    }

    @Test
    void anEarlierPauseChangesNothing() {
        WatchedTime paused = SampleTime.pausedBetween(NOW - 100_000, NOW - 60_000);
        assertThat(verdict(UNREAD_FOR_A_MINUTE, paused)).isEqualTo(Verdict.ABANDONED);
    }

    private static Verdict verdict(JoinedSocket socket, WatchedTime watchedTime) {
        return SampleJudgement.of(socket, new Waiting(NOW, PERIODS, watchedTime))
                .verdict();
    }
}
