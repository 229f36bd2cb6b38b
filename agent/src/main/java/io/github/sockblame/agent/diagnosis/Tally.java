// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts equal things; of two that are equally frequent, the one that came first stays first. */
final class Tally<T> {

    private final Map<T, Integer> counts = new LinkedHashMap<>();

    void add(T thing) {
        counts.merge(thing, 1, Integer::sum);
    }

    int count(T thing) {
        return counts.getOrDefault(thing, 0);
    }

    List<T> mostFrequentFirst() {
        List<T> things = new ArrayList<>(counts.keySet());
        things.sort((a, b) -> Integer.compare(count(b), count(a)));
        return things;
    }
}
