// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.html;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Gives each distinct entry a number, so that the page stores a frequent entry once. */
final class IndexTable<T> {

    private final List<T> entries = new ArrayList<>();
    private final Map<T, Integer> numbers = new HashMap<>();

    int number(T entry) {
        return numbers.computeIfAbsent(entry, added -> {
            entries.add(added);
            return entries.size() - 1;
        });
    }

    /** The entries by their numbers, converted by this function. */
    <W> List<W> convert(Function<T, W> function) {
        List<W> converted = new ArrayList<>();
        for (T entry : entries) {
            converted.add(function.apply(entry));
        }
        return converted;
    }
}
