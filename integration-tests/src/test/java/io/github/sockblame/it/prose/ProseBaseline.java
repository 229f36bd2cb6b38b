// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.prose;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The hits that are allowed for now: {@code rule | scope | count} a line. A row that is missing allows none.
 *
 * @param counts by {@code rule | scope}
 */
record ProseBaseline(Map<String, Integer> counts) {

    static ProseBaseline parse(List<String> lines) {
        Map<String, Integer> counts = new TreeMap<>();
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int bar = line.lastIndexOf(" | ");
            if (bar < 0 || counts.put(line.substring(0, bar), Integer.valueOf(line.substring(bar + 3))) != null) {
                throw new IllegalArgumentException("no row, or a second one of its kind: " + line);
            }
        }
        return new ProseBaseline(counts);
    }

    /**
     * What must change, in one text for each row that differs.
     *
     * @param hits by scope
     */
    List<String> differences(Map<String, List<ProseHit>> hits) {
        Map<String, List<ProseHit>> found = new TreeMap<>();
        hits.forEach((scope, inScope) -> inScope.forEach(
                hit -> found.computeIfAbsent(hit.rule().label() + " | " + scope, row -> new ArrayList<>())
                        .add(hit)));
        TreeSet<String> rows = new TreeSet<>(counts.keySet());
        rows.addAll(found.keySet());
        List<String> differences = new ArrayList<>();
        for (String row : rows) {
            List<ProseHit> now = found.getOrDefault(row, List.of());
            int allowed = counts.getOrDefault(row, 0);
            if (now.size() > allowed) {
                differences.add(row + ": " + now.size() + " hits, and the baseline allows " + allowed
                        + "; rewrite some of:" + listed(now));
            } else if (now.size() < allowed) {
                differences.add(row + ": " + now.size() + " hits; shrink the baseline to: " + row + " | " + now.size());
            }
        }
        return differences;
    }

    private static String listed(List<ProseHit> hits) {
        StringBuilder list = new StringBuilder();
        hits.forEach(hit -> list.append("\n  ").append(hit));
        return list.toString();
    }
}
