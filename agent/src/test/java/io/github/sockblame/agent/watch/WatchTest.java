// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.alert.AlertMonitor;
import io.github.sockblame.agent.capture.MonotonicClock;
import io.github.sockblame.agent.capture.StackAssertions;
import io.github.sockblame.agent.culprit.CulpritFinder;
import io.github.sockblame.agent.file.ReserveDescriptors;
import io.github.sockblame.agent.join.EarlySockets;
import io.github.sockblame.agent.kernel.FakeProc;
import io.github.sockblame.agent.kernel.SocketStateReader;
import io.github.sockblame.agent.kernel.proc.ThreadCpuTime;
import io.github.sockblame.agent.ledger.FakeDescriptorAccess;
import io.github.sockblame.agent.ledger.FakeProbe;
import io.github.sockblame.agent.ledger.Ledger;
import io.github.sockblame.agent.ledger.LedgerView;
import io.github.sockblame.agent.ledger.TestLedger;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.agent.log.InternalErrors;
import io.github.sockblame.agent.memory.HeapRoom;
import io.github.sockblame.agent.memory.ScarceHeap;
import io.github.sockblame.agent.memory.SmallHeap;
import io.github.sockblame.agent.request.FileRequestRule;
import io.github.sockblame.agent.request.FileRequestServer;
import io.github.sockblame.agent.sampling.FakeOwners;
import io.github.sockblame.agent.sampling.FakeStates;
import io.github.sockblame.agent.sampling.LastUseTracker;
import io.github.sockblame.agent.sampling.QuickStats;
import io.github.sockblame.agent.sampling.Sampling;
import io.github.sockblame.agent.sampling.SocketSampler;
import io.github.sockblame.agent.service.FixedReportService;
import io.github.sockblame.report.RequestFile;
import java.io.FileDescriptor;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {

    /** In real seconds, and only if a test fails. */
    private static final long PATIENCE = 20;

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Stacks are dated by the machine's clock. */
    private static final Duration BEHIND = Duration.ofMinutes(1);

    /** The first rounds load classes and so do not count. */
    private static final int WARM_UP = 4;

    private static final long HEAP_BYTES = 64 << 20;

    private final ManualClock clock = new ManualClock(BEHIND);
    private final FakeDescriptorAccess numbers = new FakeDescriptorAccess();
    private final FakeProbe probe = new FakeProbe();
    private final Ledger ledger = TestLedger.of(numbers, probe);
    private final LedgerView view = new LedgerView(ledger);
    private final AtomicInteger notes = new AtomicInteger();
    private final AtomicInteger due = new AtomicInteger();
    private final AtomicInteger kept = new AtomicInteger();
    private final AtomicInteger rounds = new AtomicInteger();
    private final AtomicInteger readings = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();
    private volatile Runnable inEachRound = () -> {};
    private volatile Runnable whenQuickStatsAreRead = () -> {};
    private volatile Runnable whenAMinuteIsNoted = () -> {};
    private volatile boolean heapIsFull;
    private final AtomicInteger looksAtHeap = new AtomicInteger();
    private final Watch watch = Watch.start(
            new BackgroundTask() {
                @Override
                public boolean isDue() {
                    return due.get() > 0;
                }

                @Override
                public void run() {
                    due.decrementAndGet();
                    kept.incrementAndGet();
                }
            },
            clock);

    @AfterEach
    void end() {
        assertThat(watch.stop(() -> {})).isTrue();
    }

    @Test
    void isOneDaemonThatKeepsNoLoaderAlive() throws Exception {
        Thread thread = on(Thread::currentThread);

        assertThat(thread.getName()).isEqualTo("sockblame-watch");
        assertThat(thread.isDaemon()).isTrue();
        assertThat(on(() -> Thread.currentThread().getContextClassLoader() == null))
                .isTrue();
        assertThat(on(Thread::currentThread)).isSameAs(thread);
    }

    @Test
    void outlivesAJobThatThrows() throws Exception {
        long before = InternalErrors.total();
        watch.submit(() -> {
            throw new StackOverflowError("of the job");
        });
        watch.submit(() -> {
            throw new IllegalStateException("of the next job");
        });

        assertThat(on(() -> "alive")).isEqualTo("alive");
        assertThat(InternalErrors.total() - before).isEqualTo(2);
        assertThat(InternalErrors.last()).contains("of the next job");
    }

    @Test
    void jobWithoutMemoryRunsAgainASecondLater() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        List<String> done = new CopyOnWriteArrayList<>();
        watch.submit(() -> {
            if (attempts.incrementAndGet() < 3) {
                throw new OutOfMemoryError("of the job");
            }
            done.add("job");
        });
        watch.submit(() -> done.add("next"));
        await(() -> attempts.get() > 0);
        clock.pass(SECOND.multipliedBy(2));

        await(() -> done.size() == 2);
        assertThat(done).containsExactly("job", "next");
        assertThat(attempts).hasValue(3);
    }

    @Test
    void jobThatNeverHasMemoryEndsAfterSomeAttempts() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        watch.submit(() -> {
            attempts.incrementAndGet();
            throw new OutOfMemoryError("of the job");
        });
        await(() -> attempts.get() > 0);
        clock.pass(SECOND.multipliedBy(60));

        assertThat(on(() -> "alive")).isEqualTo("alive");
        assertThat(attempts).hasValue(10);
    }

    @Test
    void firstRoundWaitsForAFullHeapButNotForLong(@TempDir Path folder) throws Exception {
        watchFullHeap(folder);
        clock.pass(Duration.ofNanos(FirstWork.PATIENCE).minus(SECOND));
        assertThat(rounds).hasValue(0);
        clock.pass(SECOND.multipliedBy(3));

        assertThat(rounds.get()).isPositive();
    }

    @Test
    void firstRoundComesWhenTheHeapHasRoomAgain(@TempDir Path folder) throws Exception {
        watchFullHeap(folder);
        List<String> done = new CopyOnWriteArrayList<>();
        watch.submit(() -> done.add("job"));
        clock.pass(SECOND.multipliedBy(3));
        assertThat(rounds).hasValue(0);
        assertThat(done).as("a job may load classes as well").isEmpty();
        heapIsFull = false;
        clock.pass(SECOND.multipliedBy(3));

        assertThat(rounds.get()).isPositive();
        assertThat(done).containsExactly("job");
        heapIsFull = true;
        int before = rounds.get();
        pass(SECOND.multipliedBy(2));
        assertThat(rounds).as("later nothing waits").hasValue(before + 2);
    }

    @Test
    void outlivesAnInterrupt() throws Exception {
        Thread thread = on(Thread::currentThread);
        thread.interrupt();
        await(() -> !thread.isInterrupted());

        assertThat(on(() -> Thread.currentThread().isInterrupted())).isFalse();
        assertThat(on(Thread::currentThread)).isSameAs(thread);
    }

    @Test
    void stopRunsSubmittedTasksFirst(@TempDir Path folder) throws Exception {
        watch(folder);
        Thread thread = on(Thread::currentThread);
        List<String> done = new CopyOnWriteArrayList<>();
        watch.onShutdown(() -> done.add("exit"));
        watch.submit(() -> done.add("asked for before"));
        boolean ended = watch.stop(() -> done.add("last"));

        assertThat(ended).isTrue();
        assertThat(thread.isAlive()).isFalse();
        assertThat(done).containsExactly("asked for before", "last");
    }

    @Test
    void endsThoughItsLastJobFails() throws Exception {
        Thread thread = on(Thread::currentThread);
        assertThat(watch.stop(() -> {
                    throw new IllegalStateException("of the last job");
                }))
                .isTrue();
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void canBeEndedByItself() throws Exception {
        Thread thread = on(Thread::currentThread);
        assertThat(on(() -> watch.stop(() -> {}))).isFalse();
        await(() -> !thread.isAlive());
    }

    @Test
    void dueUpkeepRunsEachSecondWithoutSockets() throws Exception {
        assertThat(on(kept::get)).isZero();
        due.set(2);
        watch.wake();
        pass(SECOND.minusNanos(1));
        assertThat(kept).hasValue(1);
        pass(Duration.ofNanos(1));
        assertThat(kept).hasValue(2);
        pass(Duration.ofMinutes(1));
        assertThat(kept).as("no longer than it is due").hasValue(2);
    }

    @Test
    void wholeReadingIncludesUpkeep(@TempDir Path folder) throws Exception {
        watch(folder);
        pass(SECOND.multipliedBy(30));
        assertThat(kept).hasValue(1);
        pass(SECOND);
        assertThat(kept).hasValue(2);
    }

    @Test
    void doesNothingBeforeItsFirstRound(@TempDir Path folder) throws Exception {
        watch(folder);
        pass(SECOND.minusNanos(1));
        assertThat(notes).hasValue(0);
        assertThat(rounds).hasValue(0);
        pass(Duration.ofNanos(1));
        assertThat(notes).hasValue(1);
        assertThat(rounds).hasValue(1);
        assertThat(readings).hasValue(1);
    }

    @Test
    void roundRunsEachSecondReadingEachHalfMinute(@TempDir Path folder) throws Exception {
        watch(folder);
        pass(SECOND.multipliedBy(30));
        assertThat(rounds).hasValue(30);
        assertThat(readings).hasValue(1);
        pass(SECOND);
        assertThat(readings).hasValue(2);
    }

    @Test
    void timesOfRoundsShowThatOneIsLate(@TempDir Path folder) throws Exception {
        assertThat(watch.roundTimes()).isNull();
        watch(folder);
        long begin = clock.nanoTime();
        assertThat(watch.roundTimes()).isEqualTo(RoundTimes.before(begin + SECOND.toNanos()));

        pass(SECOND.multipliedBy(3));
        assertThat(watch.roundTimes())
                .isEqualTo(new RoundTimes(
                        true, begin + 3 * SECOND.toNanos(), begin + 4 * SECOND.toNanos(), 0, SECOND.toNanos()));
        inEachRound = () -> clock.spend(Duration.ofSeconds(41));
        pass(SECOND); // the round itself takes long, and so the next one is late
        inEachRound = () -> {};
        pass(SECOND);
        RoundTimes late = requireNonNull(watch.roundTimes());
        assertThat(late.longestDelay()).isEqualTo(Duration.ofSeconds(40).toNanos());
        assertThat(late.longestInterval()).isEqualTo(Duration.ofSeconds(41).toNanos());
    }

    @Test
    void aProcessThatWasStoppedHasAPause(@TempDir Path folder) throws Exception {
        watch(folder);
        pass(SECOND.multipliedBy(1 + WARM_UP));
        long begin = clock.nanoTime();
        clock.spend(Duration.ofSeconds(40)); // the thread sleeps, and nothing wakes it
        pass(SECOND);
        long end = clock.nanoTime();

        assertThat(watch.pauses().until(end).between(MonotonicClock.millisAt(begin), MonotonicClock.millisAt(end)))
                .isBetween(1000L, 2001L);
        assertThat(end - begin).isEqualTo(Duration.ofSeconds(41).toNanos());
    }

    /** An alert writes a report in a round: the states of sockets are still sampled. */
    @Test
    void expensiveReportDelaysNoRoundByManySeconds(@TempDir Path folder) throws Exception {
        watch(folder);
        pass(SECOND.multipliedBy(1 + WARM_UP));
        whenQuickStatsAreRead = () -> clock.spend(Duration.ofMillis(140)); // as a first report, which loads classes
        pass(SECOND);
        whenQuickStatsAreRead = () -> {};
        pass(Duration.ofSeconds(30));

        assertThat(requireNonNull(watch.roundTimes()).longestInterval())
                .isLessThanOrEqualTo(Duration.ofMillis(2150).toNanos());
        assertThat(rounds).hasValueGreaterThan(WARM_UP + 15);
    }

    @Test
    void missedEventCausesWholeReading(@TempDir Path folder) throws Exception {
        watch(folder);
        pass(SECOND.multipliedBy(3));
        assertThat(readings).hasValue(1);

        probe.missEvent();
        pass(SECOND);
        assertThat(readings).hasValue(2);
        pass(SECOND);
        assertThat(readings).as("once").hasValue(2);
    }

    @Test
    void aRoundTakesNoMoreThanItsShareOfTheTime(@TempDir Path folder) throws Exception {
        inEachRound = () -> clock.spend(Duration.ofMillis(250));
        watch(folder);
        pass(SECOND.multipliedBy(1 + WARM_UP));
        assertThat(rounds).hasValue(1 + WARM_UP);

        pass(Duration.ofSeconds(49));
        assertThat(rounds).as("two hundred times as long lie between two").hasValue(1 + WARM_UP);
        pass(SECOND);
        assertThat(rounds).hasValue(2 + WARM_UP);
    }

    @Test
    void aRoundThatFailsIsTriedAgainInASecond(@TempDir Path folder) throws Exception {
        long before = InternalErrors.total();
        inEachRound = () -> {
            throw new IllegalStateException("in a round");
        };
        watch(folder);
        pass(SECOND.multipliedBy(3));

        assertThat(rounds).hasValue(3);
        assertThat(InternalErrors.total() - before).isEqualTo(3);
    }

    @Test
    void aLackOfMemoryAfterAFailedRoundEndsNoThread(@TempDir Path folder) throws Exception {
        long before = InternalErrors.total();
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        inEachRound = () -> {
            boolean unused = threads.add(Thread.currentThread());
            clock.failNext();
            throw new IllegalStateException("in a round");
        };
        watch(folder);
        pass(SECOND.multipliedBy(3));

        assertThat(rounds).hasValue(3);
        assertThat(threads).hasSize(1);
        assertThat(InternalErrors.total() - before)
                .as("both errors of each round")
                .isEqualTo(6);
    }

    @Test
    void aMinuteThatCannotBeNotedCostsNothingElse(@TempDir Path folder) throws Exception {
        long before = InternalErrors.total();
        whenAMinuteIsNoted = () -> {
            throw new IllegalStateException("while a minute is noted");
        };
        watch(folder);
        pass(SECOND.multipliedBy(2));

        assertThat(rounds).hasValue(2);
        assertThat(looks).hasValue(2);
        assertThat(InternalErrors.total() - before).isEqualTo(2);
    }

    @Test
    void fileRequestsArePolledBetweenDistantRounds(@TempDir Path folder) throws Exception {
        watchWithRoundsFarApart(folder);
        long nobody = Long.MAX_VALUE - ProcessHandle.current().pid();
        Path asked = Path.of(RequestFile.FOLDER, RequestFile.name(nobody));
        FileRequestRule rule = new FileRequestRule(false, List::of);
        watch.submit(() -> watch.setRequestServer(
                FileRequestServer.to(nobody, new FixedReportService(), new ReserveDescriptors(1), clock, rule)));
        pass(SECOND);
        Files.createFile(asked, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            pass(SECOND);
            assertThat(asked).isNotEmptyFile();
        } finally {
            Files.delete(asked);
        }
        assertThat(rounds).hasValue(1 + WARM_UP);
    }

    @Test
    void refusedDescriptorCausesCheckBetweenDistantRounds(@TempDir Path folder) throws Exception {
        watchWithRoundsFarApart(folder);
        int before = looks.get();
        pass(SECOND.multipliedBy(5).plusMillis(300)); // between two moments at which it wakes anyway
        assertThat(looks).as("by itself").hasValue(before);

        watch.checkSoon();
        awaitRest();
        assertThat(looks).as("the latest look was more than a second ago").hasValue(before + 1);
        watch.checkSoon();
        awaitRest();
        pass(SECOND.minusNanos(1));
        assertThat(looks).as("no more than one a second").hasValue(before + 1);
        pass(Duration.ofNanos(1));
        assertThat(looks).hasValue(before + 2);
        assertThat(rounds).hasValue(1 + WARM_UP);
    }

    /** Waits until the thread has woken, has done what is due, and waits again: a job may run before that. */
    private void awaitRest() throws Exception {
        on(() -> "it was woken");
        pass(Duration.ZERO);
    }

    @Test
    void notesEachSecondThoughRoundsAreFarApart(@TempDir Path folder) throws Exception {
        watchWithRoundsFarApart(folder);
        int before = notes.get();
        pass(SECOND.multipliedBy(9));

        assertThat(notes).hasValue(before + 9);
        assertThat(rounds).hasValue(1 + WARM_UP);
    }

    @Test
    void oldStacksAreResolvedBetweenDistantRounds(@TempDir Path folder) throws Exception {
        watchWithRoundsFarApart(folder);
        FileDescriptor fd = numbers.descriptor(7);
        ledger.opened(fd);
        TrackedSocket opened = requireNonNull(view.at(7));

        try {
            pass(SECOND.multipliedBy(2));
            assertThat(StackAssertions.areResolved(opened))
                    .as("of what has just happened")
                    .isFalse();
            pass(BEHIND.multipliedBy(4));
            assertThat(StackAssertions.areResolved(opened)).isTrue();
            assertThat(rounds).hasValue(1 + WARM_UP);
        } finally {
            Reference.reachabilityFence(fd);
        }
    }

    /** The next one comes in more than half an hour. */
    private void watchWithRoundsFarApart(Path folder) throws Exception {
        inEachRound = () -> clock.spend(Duration.ofSeconds(10));
        watch(folder);
        while (rounds.get() <= WARM_UP) {
            pass(SECOND);
        }
    }

    /** Lets so much time pass for the thread, which has seen before what was done until now. */
    private void pass(Duration time) throws Exception {
        on(() -> "it was woken");
        clock.pass(time);
    }

    private long usedBytes() {
        looksAtHeap.incrementAndGet();
        return heapIsFull ? HEAP_BYTES : 0;
    }

    /** Returns when the thread waits for the heap. */
    private void watchFullHeap(Path folder) throws Exception {
        on(() -> "it waits for an event");
        heapIsFull = true;
        watch(folder);
        await(() -> looksAtHeap.get() > 0);
    }

    private void watch(Path folder) {
        FakeProc proc = FakeProc.complete(folder);
        SocketStateReader states = new FakeStates().asked();
        CulpritFinder culprits = CulpritFinder.of(List.of(), List.of());
        LastUseTracker lastUse = new LastUseTracker(view.lastUseCapture(), culprits);
        SocketSampler sampler = new SocketSampler(
                view,
                proc.procFs(),
                states,
                FakeOwners.NONE,
                HeapRoom.unlimited(),
                new EarlySockets(Set.of(), Set.of()),
                lastUse,
                culprits,
                3000);
        AlertMonitor alertMonitor = new AlertMonitor(List.of(), new FixedReportService(), null);
        ScarceHeap scarceHeap = new ScarceHeap(SmallHeap.of(HEAP_BYTES, this::usedBytes), why -> {});
        watch.watch(view, new CountingSampling(sampler), new ThreadCpuTime(folder), alertMonitor, null, scarceHeap);
    }

    /** Counts the steps of the rounds, and does what a test wants to happen in them. */
    private final class CountingSampling implements Sampling {

        private final Sampling sampling;

        CountingSampling(Sampling sampling) {
            this.sampling = sampling;
        }

        @Override
        public void drainCloses() {
            notes.incrementAndGet();
            sampling.drainCloses();
        }

        @Override
        public boolean needsReading() {
            return sampling.needsReading();
        }

        @Override
        public void readAll() {
            readings.incrementAndGet();
            rounds.incrementAndGet();
            inEachRound.run();
            sampling.readAll();
        }

        @Override
        public void sampleStates() {
            rounds.incrementAndGet();
            inEachRound.run();
            sampling.sampleStates();
        }

        @Override
        public QuickStats quickStats() {
            whenQuickStatsAreRead.run();
            looks.incrementAndGet();
            return sampling.quickStats();
        }

        @Override
        public void recordMinute() {
            whenAMinuteIsNoted.run();
            sampling.recordMinute();
        }
    }

    private static void await(BooleanSupplier condition) {
        long began = System.nanoTime();
        while (!condition.getAsBoolean() && System.nanoTime() - began < TimeUnit.SECONDS.toNanos(PATIENCE)) {
            Thread.onSpinWait();
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private <T> T on(Callable<T> question) throws Exception {
        CompletableFuture<T> answer = new CompletableFuture<>();
        watch.submit(() -> {
            try {
                answer.complete(question.call());
            } catch (Exception e) {
                answer.completeExceptionally(e);
            }
        });
        return answer.get(PATIENCE, TimeUnit.SECONDS);
    }
}
