// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.alarm.Alarm;
import io.github.sockblame.agent.diagnosis.GivenReports;
import io.github.sockblame.agent.file.SpareDescriptors;
import io.github.sockblame.agent.kernel.CpuTime;
import io.github.sockblame.agent.kernel.FakeProc;
import io.github.sockblame.agent.kernel.SocketStates;
import io.github.sockblame.agent.ledger.GivenNumbers;
import io.github.sockblame.agent.ledger.Ledger;
import io.github.sockblame.agent.ledger.Missed;
import io.github.sockblame.agent.ledger.Stacks;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.agent.log.InternalErrors;
import io.github.sockblame.agent.request.Requests;
import io.github.sockblame.report.RequestFile;
import java.io.FileDescriptor;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {

    private static final long PATIENCE = 20;

    /** The first ones load classes and so do not count, and one tells what the next may cost. */
    private static final int ROUNDS_BEFORE_THEY_ARE_FAR_APART = 5;

    private final GivenNumbers numbers = new GivenNumbers();
    private final Ledger ledger = new Ledger(numbers);
    private final AtomicInteger notes = new AtomicInteger();
    private final AtomicInteger due = new AtomicInteger();
    private final AtomicInteger kept = new AtomicInteger();
    private volatile Runnable whenAMinuteIsNoted = () -> {};
    private final Watch watch = Watch.start(new Upkeep() {
        @Override
        public boolean isDue() {
            return due.get() > 0;
        }

        @Override
        public void run() {
            due.decrementAndGet();
            kept.incrementAndGet();
        }
    });

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
        long before = InternalErrors.count();
        watch.soon(() -> {
            throw new StackOverflowError("of the job");
        });
        watch.soon(() -> {
            throw new IllegalStateException("of the next job");
        });

        assertThat(on(() -> "alive")).isEqualTo("alive");
        assertThat(InternalErrors.count() - before).isEqualTo(2);
        assertThat(InternalErrors.last()).contains("of the next job");
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
    void endsWhenItHasDoneWhatItWasAskedFor(@TempDir Path folder) throws Exception {
        watch(folder);
        Thread thread = on(Thread::currentThread);
        List<String> done = new CopyOnWriteArrayList<>();
        watch.atExit(() -> done.add("exit"));
        watch.soon(() -> done.add("asked for before"));
        boolean ended = watch.end(() -> done.add("last"));

        assertThat(ended).isTrue();
        assertThat(thread.isAlive()).isFalse();
        assertThat(done).containsExactly("asked for before", "last");
    }

    @Test
    void endsThoughItsLastJobFails() throws Exception {
        Thread thread = on(Thread::currentThread);
        assertThat(watch.end(() -> {
                    throw new IllegalStateException("of the last job");
                }))
                .isTrue();
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void canBeEndedByItself() throws Exception {
        Thread thread = on(Thread::currentThread);
        assertThat(on(() -> watch.end(() -> {}))).isFalse();
        await(() -> !thread.isAlive());
    }

    @Test
    void keepsUpWhileItIsDueAlsoWhenThereIsNothingToWatch() throws Exception {
        assertThat(on(kept::get)).isZero();
        due.set(2);
        watch.wake();
        await(() -> due.get() == 0);

        assertThat(on(kept::get)).as("no longer than it is due").isEqualTo(2);
    }

    @Test
    void keepsUpWithoutBeingAskedWhenItReadsAll(@TempDir Path folder) throws Exception {
        watch(folder);
        await(() -> kept.get() > 0);
    }

    @Test
    void looksOnceThereIsSomethingToWatch(@TempDir Path folder) throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        watch(folder, read);

        assertThat(read.await(PATIENCE, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void readsAllAtTheNextLookAfterAnEventWasMissed(@TempDir Path folder) throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(2);
        watch(folder, first, second);
        assertThat(first.await(PATIENCE, TimeUnit.SECONDS)).isTrue();

        Missed.event();
        assertThat(second.await(PATIENCE, TimeUnit.SECONDS))
                .as("sooner than the half minute that lies between two readings")
                .isTrue();
    }

    @Test
    void aMinuteThatCannotBeNotedCostsNothingElse(@TempDir Path folder) throws Exception {
        CountDownLatch noted = new CountDownLatch(2);
        long before = InternalErrors.count();
        whenAMinuteIsNoted = () -> {
            noted.countDown();
            throw new IllegalStateException("while a minute is noted");
        };
        watch(folder);

        assertThat(noted.await(PATIENCE, TimeUnit.SECONDS)).isTrue();
        await(() -> InternalErrors.count() - before >= 2);
    }

    @Test
    void looksForWhoAsksByAFileEachSecondThoughRoundsAreFarApart(@TempDir Path folder) throws Exception {
        watchWithRoundsFarApart(folder);

        long nobody = Long.MAX_VALUE - ProcessHandle.current().pid();
        Path asked = Path.of(RequestFile.FOLDER, RequestFile.name(nobody));
        watch.soon(() -> watch.answer(Requests.to(nobody, new GivenReports(), new SpareDescriptors(1))));
        Files.createFile(asked, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            await(() -> asked.toFile().length() > 0);
        } finally {
            Files.delete(asked);
        }
    }

    @Test
    void doesNothingBeforeItsFirstRound(@TempDir Path folder) throws Exception {
        CompletableFuture<Integer> notesAtFirst = new CompletableFuture<>();
        watch(folder, () -> notesAtFirst.complete(notes.get()));

        assertThat(notesAtFirst.get(PATIENCE, TimeUnit.SECONDS))
                .as("in that round, and not as soon as there is a socket")
                .isEqualTo(1);
    }

    @Test
    void resolvesStacksEachSecondThoughRoundsAreFarApart(@TempDir Path folder) throws Exception {
        watchWithRoundsFarApart(folder);
        FileDescriptor fd = numbers.descriptor(7);
        ledger.opened(fd);
        TrackedSocket opened = requireNonNull(ledger.at(7));

        try {
            assertThat(Stacks.areResolved(opened)).isFalse();
            await(() -> Stacks.areResolved(opened));
        } finally {
            Reference.reachabilityFence(fd);
        }
    }

    /** The next one would come after the test has lost its patience. */
    private void watchWithRoundsFarApart(Path folder) throws InterruptedException {
        CountDownLatch rounds = new CountDownLatch(ROUNDS_BEFORE_THEY_ARE_FAR_APART);
        watch(folder, () -> {
            rounds.countDown();
            Missed.event(); // each round reads all
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(250)); // so the next one comes after 50 s
        });
        assertThat(rounds.await(PATIENCE, TimeUnit.SECONDS)).isTrue();
    }

    private void watch(Path folder, CountDownLatch... read) {
        watch(folder, () -> {
            for (CountDownLatch latch : read) {
                latch.countDown();
            }
        });
    }

    private void watch(Path folder, Runnable whileReading) {
        FakeProc proc = FakeProc.complete(folder);
        SocketStates states = new FakeStates().asked();
        FixedSurroundings surroundings = new FixedSurroundings(states);
        CloserLooks looks = new CloserLooks(ledger.closerLook(), surroundings);
        Readings readings =
                new Readings(ledger, proc.procFs(), states, FakeOwners.NONE, Set.of(), looks, new Glances(3000)) {
                    @Override
                    synchronized void noteCloses(Turnovers turnovers, RecentlyClosed closed, long graceMillis) {
                        notes.incrementAndGet();
                        super.noteCloses(turnovers, closed, graceMillis);
                    }

                    @Override
                    synchronized Reading readAnew() {
                        whileReading.run();
                        return super.readAnew();
                    }

                    @Override
                    synchronized void noteMinute(LastHour lastHour) {
                        whenAMinuteIsNoted.run();
                        super.noteMinute(lastHour);
                    }
                };
        Reporter reporter = new Reporter(readings, surroundings, looks, null);
        Alarm alarm = new Alarm(List.of(), reporter, null);
        watch.watch(ledger, readings, reporter, new CpuTime(folder), alarm, null);
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
        watch.soon(() -> {
            try {
                answer.complete(question.call());
            } catch (Exception e) {
                answer.completeExceptionally(e);
            }
        });
        return answer.get(PATIENCE, TimeUnit.SECONDS);
    }
}
