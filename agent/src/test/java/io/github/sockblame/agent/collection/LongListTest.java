// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.collection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LongListTest {

    private final LongList list = new LongList();

    @Test
    void keepsNumbersInTheirOrderUntilTheyAreSorted() {
        assertThat(list.isEmpty()).isTrue();
        for (long number = 100; number > 0; number--) {
            list.add(number);
        }

        assertThat(list.size()).isEqualTo(100);
        assertThat(list.get(0)).isEqualTo(100);
        list.sort();
        assertThat(list.get(0)).isEqualTo(1);
        assertThat(list.get(99)).isEqualTo(100);
        assertThat(list.countAfter(90)).isEqualTo(10);
    }
}
