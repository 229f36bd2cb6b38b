// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.harness;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The named figures of one run. */
public final class Figures {

    private static final String MARK = "figure ";

    private final Map<String, Double> values = new HashMap<>();

    /** Out of what a program printed: a line {@code figure NAME VALUE} each. */
    static Figures printed(List<String> lines) {
        Figures figures = new Figures();
        for (String line : lines) {
            if (line.startsWith(MARK)) {
                int blank = line.lastIndexOf(' ');
                figures.values.put(line.substring(MARK.length(), blank), Double.valueOf(line.substring(blank + 1)));
            }
        }
        return figures;
    }

    /** One figure that the runner itself measured. */
    public static Figures of(Map<String, Double> values) {
        Figures figures = new Figures();
        figures.values.putAll(values);
        return figures;
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** The names, in order. */
    public Set<String> names() {
        return new TreeSet<>(values.keySet());
    }

    public double get(String name) {
        Double value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("the program did not print '" + name + "', only " + names());
        }
        return value;
    }
}
