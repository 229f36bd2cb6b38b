// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClosedSocketSampleTest {

    private static final int MANY = 200_000;

    /** So few at once that none takes the place of another. */
    private static final int AHEAD = 250;

    private static final long LEAST_PACE = TimeUnit.MILLISECONDS.toNanos(500);

    private final ClosedSocketSample closedSocketSample = new ClosedSocketSample(0);

    @Test
    void socketsThatAreDrainedDuringClosesAreCountedOnce() throws Exception {
        AtomicLong taken = new AtomicLong();
        FutureTask<Boolean> closing = new FutureTask<>(() -> {
            for (long i = 0; i < MANY; i++) {
                while (i - taken.get() > AHEAD) {
                    Thread.onSpinWait();
                }
                closedSocketSample.add(socket(), true);
            }
            return true;
        });
        new Thread(closing, "closing").start();

        long counted = 0;
        double weight = 0;
        while (counted < MANY) {
            boolean last = closing.isDone();
            ClosedSocketSample.Batch some = closedSocketSample.drain(AHEAD * 4, 0);
            counted += some.count();
            weight += some.weight() * some.sampled().size();
            taken.set(counted);
            assertThat(some.count()).isEqualTo(some.sampled().size());
            assertThat(last && some.count() == 0)
                    .as("all are closed, and %s counted", counted)
                    .isFalse();
        }
        assertThat(closing.get()).isTrue();
        assertThat(counted).isEqualTo(MANY);
        assertThat(weight).isEqualTo(MANY);
        assertThat(closedSocketSample.drain(9, 0)).isEqualTo(new ClosedSocketSample.Batch(0, List.of()));
    }

    @Test
    void overwrittenSocketsAreCounted() {
        for (int i = 0; i < 1000; i++) {
            closedSocketSample.add(socket(), true);
        }
        ClosedSocketSample.Batch batch = closedSocketSample.drain(100, 0);

        assertThat(batch.count()).isEqualTo(1000);
        assertThat(batch.sampled()).hasSizeBetween(50, 100);
        closedSocketSample.add(socket(), true);
        assertThat(closedSocketSample.drain(100, 0))
                .extracting(ClosedSocketSample.Batch::count)
                .isEqualTo(1L);
    }

    @Test
    void aRandomSampleRepresentsMany() {
        assertThat(closedSocketSample.samples(1)).as("while few are closed").isTrue();
        for (int closed = 0; closed < 10_000; closed++) {
            closedSocketSample.add(socket(), closedSocketSample.samples(closed));
        }
        assertThat(closedSocketSample.drain(100, LEAST_PACE - 1).count()).isEqualTo(10_000);
        assertThat(closedSocketSample.samples(1))
                .as("of so short a time no pace is told")
                .isTrue();
        assertThat(closedSocketSample.drain(100, LEAST_PACE).count()).isZero();

        int picked = 0;
        for (int random = 0; random < 1 << 16; random++) {
            boolean isPicked = closedSocketSample.samples(random);
            picked += isPicked ? 1 : 0;
            closedSocketSample.add(socket(), isPicked);
        }
        assertThat(picked).as("20,000 a second are 156 times 128").isEqualTo((1 << 16) / 128);
        ClosedSocketSample.Batch batch = closedSocketSample.drain(100, LEAST_PACE);
        assertThat(batch.count()).isEqualTo(1 << 16);
        assertThat(batch.weight()).isGreaterThan(4);
    }

    private static TrackedSocket socket() {
        return SampleSocket.of(7, null, null, null, null);
    }
}
