// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** Copies of figures by kind: fixed, without null, in the order of the kinds. */
final class EnumCounts {

    private EnumCounts() {}

    static <K extends Enum<K>> Map<K, Integer> copyOf(Class<K> kinds, Map<K, Integer> counts) {
        EnumMap<K, Integer> copy = new EnumMap<>(kinds);
        for (Map.Entry<K, Integer> entry : counts.entrySet()) {
            copy.put(entry.getKey(), requireNonNull(entry.getValue(), "count"));
        }
        return Collections.unmodifiableMap(copy);
    }
}
