// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.site;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts equal things; of two that are equally frequent, the one that came first stays first. */
final class Tally<T> {

    private final Map<T, int[]> counts = new LinkedHashMap<>(); // incremented in place: no object for each count

    void add(T thing) {
        int[] count = counts.get(thing);
        if (count == null) {
            count = new int[1];
            counts.put(thing, count);
        }
        count[0]++;
    }

    int count(T thing) {
        int[] count = counts.get(thing);
        return count == null ? 0 : count[0];
    }

    List<T> mostFrequentFirst() {
        List<T> things = new ArrayList<>(counts.keySet());
        things.sort((a, b) -> Integer.compare(count(b), count(a)));
        return things;
    }
}
