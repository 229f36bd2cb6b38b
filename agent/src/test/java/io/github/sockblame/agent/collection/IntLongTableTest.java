// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.collection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntLongTableTest {

    /** Random operations, with a map of the JDK as the expectation. */
    @ParameterizedTest
    @CsvSource({"1, 4", "2, 100", "3, 5000", "4, 1000000000"})
    void isAsASortedMap(long seed, int bound) {
        Random random = new Random(seed);
        IntLongTable table = new IntLongTable();
        SortedMap<Integer, Long> expected = new TreeMap<>();
        for (int i = 0; i < 20_000; i++) {
            int key = random.nextInt(bound) - bound / 2;
            if (random.nextInt(3) == 0) {
                int index = table.indexOf(key);
                assertThat(index >= 0).isEqualTo(expected.containsKey(key));
                assertThat(index < 0 ? null : table.value(index)).isEqualTo(expected.get(key));
            } else {
                long value = random.nextLong();
                table.put(key, value);
                expected.put(key, value);
            }
            if (random.nextInt(2000) == 0) {
                removeEachThird(table, expected);
            }
        }
        assertSame(table, expected);
    }

    private static void removeEachThird(IntLongTable table, SortedMap<Integer, Long> expected) {
        int kept = 0;
        for (int i = 0; i < table.size(); i++) {
            if (i % 3 == 0) {
                expected.remove(table.key(i));
            } else {
                table.moveDown(i, kept++);
            }
        }
        table.truncate(kept);
        assertSame(table, expected);
    }

    private static void assertSame(IntLongTable table, SortedMap<Integer, Long> expected) {
        assertThat(table.size()).isEqualTo(expected.size());
        int index = 0;
        for (Map.Entry<Integer, Long> entry : expected.entrySet()) {
            assertThat(table.key(index)).isEqualTo(entry.getKey());
            assertThat(table.value(index++)).isEqualTo(entry.getValue());
        }
    }
}
