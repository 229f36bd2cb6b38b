// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveryThreadTest {

    private static final String NAME = "sockblame-test-delivery";
    private static final int BYTES = 10;

    private final DeliveryThread deliveries = new DeliveryThread(NAME, 3 * BYTES);
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void goOn() {
        goOn.countDown();
    }

    @Test
    void actionsRunInOrderOnOneDaemonThatEnds() throws Exception {
        AtomicReference<Thread> runner = new AtomicReference<>();
        assertThat(threads()).isEmpty();
        deliveries.submit(() -> runner.set(Thread.currentThread()), BYTES);
        submit("a");
        submit("b");

        awaitDone();
        assertThat(done).containsExactly("a", "b");
        assertThat(runner.get().getName()).isEqualTo(NAME);
        assertThat(runner.get().isDaemon()).isTrue();
        runner.get().join(TimeUnit.SECONDS.toMillis(20));
        assertThat(threads()).as("threads without work").isEmpty();
        submit("c");
        awaitDone();
        assertThat(done).containsExactly("a", "b", "c");
    }

    @Test
    void stalledActionHoldsUpNoCaller() throws Exception {
        stall();
        submit("a");

        assertThat(done).isEmpty();
        assertThat(deliveries.dropped()).isZero();
        goOn.countDown();
        awaitDone();
        assertThat(done).containsExactly("a");
        assertThat(deliveries.busyMillis()).isZero();
    }

    @Test
    void oldestAreDroppedAndCounted() throws Exception {
        stall();
        for (String action : List.of("a", "b", "c", "d", "e")) {
            submit(action);
        }
        assertThat(deliveries.dropped()).isEqualTo(2);
        deliveries.submit(() -> done.add("larger than the limit"), 100 * BYTES);
        assertThat(deliveries.dropped()).isEqualTo(5);
        goOn.countDown();
        awaitDone();
        assertThat(done).containsExactly("larger than the limit");
    }

    @Test
    void waitEndsThoughActionDoesNot() throws Exception {
        stall();
        assertThat(deliveries.await()).isFalse();
        assertThat(deliveries.busyMillis())
                .isGreaterThanOrEqualTo(TimeUnit.NANOSECONDS.toMillis(DeliveryThread.PATIENCE_NANOS));
    }

    @Test
    void failureIsCountedAndNextActionRuns() throws Exception {
        long errors = InternalErrors.total();
        deliveries.submit(
                () -> {
                    throw new IllegalStateException("of an action");
                },
                BYTES);
        submit("a");
        awaitDone();

        assertThat(InternalErrors.total() - errors).isEqualTo(1);
        assertThat(done).containsExactly("a");
    }

    @Test
    void endInterruptsStalledActionAndDropsTheRest() throws Exception {
        stall();
        submit("a");
        deliveries.end();
        awaitDone();

        assertThat(done).containsExactly("interrupted");
    }

    private void submit(String action) {
        deliveries.submit(() -> done.add(action), BYTES);
    }

    private void stall() throws InterruptedException {
        deliveries.submit(
                () -> {
                    begun.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        done.add("interrupted");
                    }
                },
                BYTES);
        begun.await();
    }

    private void awaitDone() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!deliveries.await() && System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
        assertThat(deliveries.await()).isTrue();
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(NAME))
                .toList();
    }
}
