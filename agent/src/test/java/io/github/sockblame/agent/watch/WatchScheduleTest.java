// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.service.WatchThreadShare;
import io.github.sockblame.agent.watch.WatchSchedule.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchScheduleTest {

    private static final long PERIOD = WatchSchedule.PERIOD;
    private static final long CHEAP = 0;

    /** A round of this cost is a hundred periods long. */
    private static final long EXPENSIVE = 100 * PERIOD / WatchThreadShare.DUTY_DIVISOR;

    /** The counter of nanoseconds may overflow while the JVM runs. */
    private static final long START = Long.MAX_VALUE - 3 * PERIOD;

    private final WatchSchedule schedule = new WatchSchedule();

    @BeforeEach
    void start() {
        schedule.start(START);
    }

    @Test
    void nothingIsDueBeforeThereAreSockets() {
        schedule.requestAlertCheck();

        assertThat(schedule.due(START + 1000 * PERIOD, false)).isNull();
        assertThat(schedule.untilNextTask(START + 1000 * PERIOD, false)).isEqualTo(WatchSchedule.NEVER);
    }

    @Test
    void aBackgroundTaskIsDueAtOnceAndThenOnceAPeriod() {
        assertThat(schedule.due(START, true)).isEqualTo(Task.ROUND);
        schedule.delayRound(START);

        checkDueIn(PERIOD, Task.ROUND, START, true);
        assertThat(schedule.due(START + PERIOD, false)).as("no longer").isNull();
    }

    @Test
    void theFirstRoundComesAPeriodAfterTheFirstSocket() {
        long begin = START + 5 * PERIOD / 2;
        schedule.startWatching(begin);
        schedule.startWatching(begin + PERIOD / 2); // has no effect

        checkDueIn(PERIOD, Task.ROUND, begin, false);
    }

    @Test
    void theFirstRoundsAreAPeriodApartWhateverTheyCost() {
        long now = firstRound();
        for (int i = 0; i <= WatchSchedule.WARM_UP_ROUNDS; i++) {
            startRound(now, EXPENSIVE);
            checkDueIn(PERIOD, Task.ROUND, now, false);
            now += PERIOD;
        }
        startRound(now, EXPENSIVE);
        schedule.startRecording(now + 99 * PERIOD);
        checkDueIn(PERIOD, Task.ROUND, now + 99 * PERIOD, false);
    }

    @Test
    void aCheapRoundIsFollowedAPeriodLater() {
        long now = afterWarmUp();
        startRound(now, PERIOD / WatchThreadShare.DUTY_DIVISOR);
        checkDueIn(PERIOD, Task.ROUND, now, false);

        now += PERIOD;
        startRound(now, PERIOD / WatchThreadShare.DUTY_DIVISOR + 1);
        assertThat(schedule.due(now + PERIOD, false)).isEqualTo(Task.RECORD_EVENTS);
        schedule.startRecording(now + PERIOD);
        checkDueIn(WatchThreadShare.DUTY_DIVISOR, Task.ROUND, now + PERIOD, false);
    }

    @Test
    void eventsAreRecordedEachPeriodBetweenRoundsThatAreFarApart() {
        long now = afterWarmUp();
        startRound(now, EXPENSIVE);
        for (int i = 1; i < 100; i++) {
            checkDueIn(PERIOD, Task.RECORD_EVENTS, now, false);
            now += PERIOD;
            schedule.startRecording(now);
        }
        checkDueIn(PERIOD, Task.ROUND, now, false);
    }

    @Test
    void stacksAreResolvedSoonIfMemoryIsScarce() {
        long now = afterWarmUp();
        startRound(now, EXPENSIVE);
        schedule.requestResolving();

        checkDueIn(WatchSchedule.RESOLVING_PERIOD, Task.RECORD_EVENTS, now, false);
        now += WatchSchedule.RESOLVING_PERIOD;
        assertThat(schedule.startRecording(now)).as("of every stack").isTrue();
        checkDueIn(PERIOD, Task.RECORD_EVENTS, now, false);
        assertThat(schedule.startRecording(now + PERIOD)).as("of old ones").isFalse();
    }

    @Test
    void requestsArePolledEachPeriodBetweenRoundsThatAreFarApart() {
        long now = afterWarmUp();
        startRound(now, EXPENSIVE);
        schedule.startPoll(now + PERIOD / 2); // the round took so long
        assertThat(schedule.due(now + PERIOD / 2 + PERIOD - 1, false)).isEqualTo(Task.RECORD_EVENTS);
        schedule.startRecording(now + PERIOD);
        assertThat(schedule.due(now + 3 * PERIOD / 2, false))
                .as("there is no server yet")
                .isNull();

        schedule.startAnswering();
        checkDueIn(PERIOD / 2, Task.POLL_REQUESTS, now + PERIOD, false);
        schedule.startPoll(now + 3 * PERIOD / 2);
        schedule.startRecording(now + 2 * PERIOD);
        checkDueIn(PERIOD / 2, Task.POLL_REQUESTS, now + 2 * PERIOD, false);
    }

    @Test
    void requestedAlertCheckIsDueOnceAfterPeriod() {
        long now = afterWarmUp();
        startRound(now, EXPENSIVE);
        schedule.startAlertCheck(now + PERIOD / 4);
        schedule.requestAlertCheck();
        schedule.startRecording(now + PERIOD);

        checkDueIn(PERIOD / 4, Task.CHECK_ALERTS, now + PERIOD, false);
        schedule.startAlertCheck(now + 5 * PERIOD / 4);
        checkDueIn(PERIOD, Task.RECORD_EVENTS, now + PERIOD, false);
    }

    @Test
    void dueTasksRunInFixedOrder() {
        long now = afterWarmUp();
        schedule.startAnswering();
        startRound(now, 2 * PERIOD / WatchThreadShare.DUTY_DIVISOR);
        schedule.requestAlertCheck();
        List<Task> done = new ArrayList<>();
        for (Task task = schedule.due(now + PERIOD, false); task != null; task = schedule.due(now + PERIOD, false)) {
            done.add(task);
            run(task, now + PERIOD, CHEAP);
        }
        assertThat(done).containsExactly(Task.CHECK_ALERTS, Task.RECORD_EVENTS, Task.POLL_REQUESTS);

        assertThat(schedule.due(now + 2 * PERIOD, false)).isEqualTo(Task.ROUND);
        schedule.requestAlertCheck();
        assertThat(schedule.due(now + 2 * PERIOD, false)).isEqualTo(Task.CHECK_ALERTS);
    }

    @Test
    void everyThirtiethRoundDoesAWholeReading() {
        long now = firstRound();
        for (int i = 0; i < 91; i++) {
            assertThat(schedule.isReadingDue()).as("round %s", i).isEqualTo(i % 30 == 0);
            startRound(now, CHEAP);
            now += PERIOD;
        }
    }

    @Test
    void afterAnErrorTheNextRoundComesInAPeriod() {
        long now = afterWarmUp();
        startRound(now, EXPENSIVE);
        schedule.delayRound(now + PERIOD / 2);
        schedule.startRecording(now + PERIOD);

        checkDueIn(PERIOD / 2, Task.ROUND, now + PERIOD, false);
    }

    @Test
    void replacedThreadRestartsScheduleButKeepsTime() {
        long now = afterWarmUp();
        startRound(now, EXPENSIVE);
        schedule.start(now);
        assertThat(schedule.due(now, false)).as("until it finds the sockets").isNull();
        schedule.startWatching(now);

        checkDueIn(PERIOD, Task.ROUND, now, false);
        assertThat(schedule.isReadingDue()).isTrue();
        assertThat(schedule.millisSinceStart(now)).isEqualTo(TimeUnit.NANOSECONDS.toMillis(now - START));
    }

    /** The properties that hold in any order of events: a task is due when its time has come, and not before. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theThreadNeitherOversleepsATaskNorWakesForNothing(long seed) {
        Random random = new Random(seed);
        long now = START;
        for (int i = 0; i < 10_000; i++) {
            boolean background = random.nextInt(4) == 0;
            switch (random.nextInt(20)) {
                case 0 -> schedule.startWatching(now);
                case 1 -> schedule.startAnswering();
                case 2 -> schedule.requestAlertCheck();
                case 3 -> schedule.delayRound(now);
                default -> {}
            }
            Task task = schedule.due(now, background);
            long wait = schedule.untilNextTask(now, background);
            assertThat(task != null).as("due, and to wait for %s ns", wait).isEqualTo(wait <= 0);
            if (task != null) {
                run(task, now, random.nextInt(3) * EXPENSIVE);
                now += random.nextLong(PERIOD);
            } else if (wait != WatchSchedule.NEVER) {
                assertThat(wait).isLessThanOrEqualTo(100 * PERIOD * 2);
                assertThat(schedule.due(now + wait - 1, background)).isNull();
                assertThat(schedule.due(now + wait, background)).isNotNull();
                now += random.nextBoolean() ? wait : random.nextLong(wait);
            }
        }
        assertThat(schedule.millisSinceStart(now)).isEqualTo(TimeUnit.NANOSECONDS.toMillis(now - START));
    }

    /** Checks that exactly this task is due at this time, and none a moment before. */
    private void checkDueIn(long nanos, Task expected, long now, boolean backgroundDue) {
        assertThat(schedule.untilNextTask(now, backgroundDue)).isEqualTo(nanos);
        assertThat(schedule.due(now + nanos - 1, backgroundDue)).isNull();
        assertThat(schedule.due(now + nanos, backgroundDue)).isEqualTo(expected);
    }

    private long firstRound() {
        schedule.startWatching(START);
        return START + PERIOD;
    }

    private long afterWarmUp() {
        long now = firstRound();
        for (int i = 0; i <= WatchSchedule.WARM_UP_ROUNDS; i++) {
            startRound(now, CHEAP);
            now += PERIOD;
        }
        return now;
    }

    /** A round records, checks the alerts and polls as well. */
    private void startRound(long now, long cost) {
        schedule.startRound(now, cost);
        schedule.startRecording(now);
        schedule.startAlertCheck(now);
        schedule.startPoll(now);
    }

    private void run(Task task, long now, long cost) {
        switch (task) {
            case ROUND -> startRound(now, cost);
            case CHECK_ALERTS -> schedule.startAlertCheck(now);
            case RECORD_EVENTS -> schedule.startRecording(now);
            case POLL_REQUESTS -> schedule.startPoll(now);
        }
    }
}
