// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.collection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LongIndexTest {

    /** Random operations, with a map of the JDK as the expectation. Few bits of the key make many repetitions. */
    @ParameterizedTest
    @CsvSource({"1, 64, 0", "2, 16, 0", "3, 12, 0", "4, 14, 32", "5, 15, 40", "6, 3, 61"})
    void isAsAMap(long seed, int bits, int shift) {
        Random random = new Random(seed);
        LongIndex index = new LongIndex(random.nextInt(100));
        Map<Long, Integer> expected = new HashMap<>();
        for (int i = 0; i < 50_000; i++) {
            long key = random.nextLong() >> 64 - bits << shift; // negative ones too
            if (random.nextInt(3) == 0) {
                assertThat(index.numberOf(key)).isEqualTo(expected.getOrDefault(key, -1));
            } else {
                expected.putIfAbsent(key, expected.size());
                assertThat(index.add(key)).isEqualTo(expected.get(key));
            }
        }
        assertThat(index.size()).isEqualTo(expected.size());
        expected.forEach((key, number) -> {
            assertThat(index.numberOf(key)).isEqualTo(number);
            assertThat(index.key(number)).isEqualTo(key);
        });
    }

    @Test
    void everyKeyIsAKey() {
        LongIndex index = new LongIndex(0);

        assertThat(index.numberOf(0)).isEqualTo(-1);
        assertThat(index.numberOf(-1)).isEqualTo(-1);
        assertThat(index.add(0)).isZero();
        assertThat(index.add(-1)).isEqualTo(1);
        assertThat(index.add(Long.MIN_VALUE)).isEqualTo(2);
        assertThat(index.add(Long.MAX_VALUE)).isEqualTo(3);
        assertThat(index.add(0)).isZero();
        assertThat(index.numberOf(Long.MIN_VALUE)).isEqualTo(2);
        assertThat(index.numberOf(1)).isEqualTo(-1);
    }

    /** All of them have the same first slot, whatever the number of slots, and the last ones go round the end. */
    @Test
    void keysThatCollideAreNotMixedUp() {
        LongIndex index = new LongIndex(4);
        for (int i = 0; i < 1000; i++) {
            assertThat(index.add((long) i << 32 | (i ^ 0x7fff_ffffL))).isEqualTo(i);
        }
        for (int i = 0; i < 1000; i++) {
            assertThat(index.numberOf((long) i << 32 | (i ^ 0x7fff_ffffL))).isEqualTo(i);
            assertThat(index.numberOf((long) i << 32 | i)).isEqualTo(-1);
        }
    }
}
