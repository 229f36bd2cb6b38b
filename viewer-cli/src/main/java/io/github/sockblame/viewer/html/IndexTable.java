// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.html;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What occurs often is told by a number; this says of which number is what. */
final class IndexTable<T> {

    private final List<T> entries = new ArrayList<>();
    private final Map<T, Integer> numbers = new HashMap<>();

    int number(T entry) {
        return numbers.computeIfAbsent(entry, added -> {
            entries.add(added);
            return entries.size() - 1;
        });
    }

    /** The entries by their numbers, in these words. */
    <W> List<W> in(Function<T, W> words) {
        List<W> told = new ArrayList<>();
        for (T entry : entries) {
            told.add(words.apply(entry));
        }
        return told;
    }
}
