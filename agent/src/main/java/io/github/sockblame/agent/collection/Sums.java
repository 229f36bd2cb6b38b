// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.collection;

import java.util.Map;

/** Sums by key. In a round of the watch thread no lambda may stand: see ADR 0043. */
public final class Sums {

    private Sums() {}

    /** Adds a number to the sum of this key. */
    public static <K> void add(Map<K, Integer> sums, K key, int addend) {
        Integer sum = sums.get(key);
        sums.put(key, sum == null ? addend : sum + addend);
    }
}
