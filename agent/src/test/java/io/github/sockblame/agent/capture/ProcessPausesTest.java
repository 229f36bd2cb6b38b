// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProcessPausesTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long BEGAN = System.nanoTime();

    private final ProcessPauses pauses = new ProcessPauses();

    @Test
    void aThreadThatWakesInTimeHasNoPause() {
        sleep(10, 11);
        sleep(11, 9); // woken before its time
        assertThat(watched(0, 60)).isEqualTo(60_000);
    }

    @Test
    void aPauseIsTheTimeFromWhenTheThreadWantedToRun() {
        sleep(11, 51);
        assertThat(watched(0, 60)).isEqualTo(20_000);
        assertThat(watched(31, 60)).as("of which half was earlier").isEqualTo(9000);
        assertThat(watched(51, 60)).isEqualTo(9000);
        assertThat(watched(0, 31)).as("before it ended").isEqualTo(11_000);
    }

    @Test
    void twoSecondsAreAPauseAndLessIsALateThread() {
        pauses.sleepUntil(at(10));
        pauses.awake(at(12) - 1);
        assertThat(watched(0, 60)).isEqualTo(60_000);
        sleep(20, 22);
        assertThat(watched(0, 60)).isEqualTo(58_000);
    }

    @Test
    void aPauseCountsBeforeTheThreadHasRunAgain() {
        pauses.sleepUntil(at(11));
        assertThat(watched(0, 12)).isEqualTo(12_000);
        assertThat(watched(0, 51)).isEqualTo(11_000);
        pauses.awake(at(51));
        assertThat(watched(0, 51)).as("and not twice").isEqualTo(11_000);
    }

    @Test
    void workOfMillisecondsThatTakesSecondsIsAPause() {
        pauses.worked(at(10), at(11));
        pauses.worked(at(20), at(50));
        assertThat(watched(0, 60)).isEqualTo(30_000);
    }

    @Test
    void manyPausesAddUpAlthoughFewAreKept() {
        int all = ProcessPauses.MOST + 10;
        for (int i = 0; i < all; i++) {
            sleep(10L * i, 10L * i + 5);
        }
        assertThat(watched(0, 10L * all)).isEqualTo(5000L * all);
        assertThat(watched(10L * 70, 10L * all)).isEqualTo(5000L * 4);
    }

    private void sleep(long due, long awake) {
        pauses.sleepUntil(at(due));
        pauses.awake(at(awake));
    }

    private long watched(long since, long now) {
        return pauses.until(at(now)).between(MonotonicClock.millisAt(at(since)), MonotonicClock.millisAt(at(now)));
    }

    private static long at(long seconds) {
        return BEGAN + seconds * SECOND;
    }
}
