// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkedArrayTest {

    private static final int SLOTS = 4096 * 1024;

    private final Counts counts = new Counts();

    private static final class Counts extends ChunkedArray<AtomicIntegerArray> {

        @Override
        protected AtomicIntegerArray newChunk() {
            return new AtomicIntegerArray(CHUNK);
        }

        int get(int index) {
            AtomicIntegerArray chunk = chunkOf(index);
            return chunk == null ? 0 : chunk.get(slot(index));
        }

        int increment(int index) {
            return ensureChunkOf(index).incrementAndGet(slot(index));
        }

        int chunksMade() {
            int made = 0;
            for (int number = 0; number < CHUNKS; number++) {
                made += chunk(number) == null ? 0 : 1;
            }
            return made;
        }
    }

    /** Random operations, with a map of the JDK as the expectation. */
    @ParameterizedTest
    @CsvSource({"1, 100", "2, 5000", "3, 4194304"})
    void isAsAMap(long seed, int bound) {
        Random random = new Random(seed);
        Map<Integer, Integer> expected = new HashMap<>();
        for (int i = 0; i < 50_000; i++) {
            int index = random.nextInt(bound);
            if (random.nextBoolean()) {
                assertThat(counts.increment(index)).isEqualTo(expected.merge(index, 1, Integer::sum));
            } else {
                assertThat(counts.get(index)).isEqualTo(expected.getOrDefault(index, 0));
            }
        }
        expected.forEach((index, count) -> assertThat(counts.get(index)).isEqualTo(count));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1023, 1024, 1_048_576, SLOTS - 1})
    void makesOneChunkForAnIndex(int index) {
        assertThat(counts.inRange(index)).isTrue();
        assertThat(counts.get(index)).isZero();
        assertThat(counts.chunksMade()).isZero();
        assertThat(counts.increment(index)).isEqualTo(1);
        assertThat(counts.chunksMade()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, SLOTS, Integer.MAX_VALUE})
    void hasNoSlotForOtherIndexes(int index) {
        assertThat(counts.inRange(index)).isFalse();
        assertThat(counts.get(index)).isZero();
        assertThatThrownBy(() -> counts.increment(index)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aDroppedChunkIsEmpty() {
        int unused = counts.increment(5) + counts.increment(1029);
        counts.dropChunk(0);

        assertThat(counts.get(5)).isZero();
        assertThat(counts.get(1029)).isEqualTo(1);
        assertThat(counts.increment(5)).isEqualTo(1);
    }

    @Test
    void twoThreadsThatMakeTheSameChunkLoseNoWrite() throws Exception {
        for (int round = 0; round < 500; round++) {
            Counts fresh = new Counts();
            CountDownLatch together = new CountDownLatch(2);
            Thread other = new Thread(() -> incrementWith(fresh, together));
            other.start();
            incrementWith(fresh, together);
            other.join();

            assertThat(fresh.get(7)).isEqualTo(2);
        }
    }

    private static void incrementWith(Counts counts, CountDownLatch together) {
        together.countDown();
        while (together.getCount() > 0) {
            Thread.onSpinWait();
        }
        int unused = counts.increment(7);
    }
}
