// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.docs;

import io.github.sockblame.it.harness.TargetJdk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** What the random walks did to which kind of socket, a column for each JDK: the text of docs/generated/coverage.md. */
public final class CoverageTable {

    public static final GeneratedDocument DOCUMENT = new GeneratedDocument("coverage", "Coverage", "coverage");

    private final SortedMap<Integer, Map<String, String>> walks = new TreeMap<>();

    /** Adds the walk that printed this on this JDK. */
    public void add(TargetJdk jdk, String printed) {
        Map<String, String> walk = new TreeMap<>();
        printed.lines()
                .filter(line -> line.indexOf('\t') > 0)
                .forEach(line -> walk.put(
                        line.substring(0, line.lastIndexOf('\t')), line.substring(line.lastIndexOf('\t') + 1)));
        walks.put(jdk.feature(), walk);
    }

    /** What was done to what, as rows of the table begin. */
    public SortedSet<String> rows() {
        SortedSet<String> rows = new TreeSet<>();
        for (Map<String, String> walk : walks.values()) {
            for (String key : walk.keySet()) {
                if (key.startsWith("done\t")) {
                    rows.add(row(key));
                }
            }
        }
        return rows;
    }

    private static String row(String key) {
        return "| " + key.substring(key.indexOf('\t') + 1).replace("\t", " | ") + " |";
    }

    /** The rows of the published table. */
    public static SortedSet<String> publishedRows() throws IOException {
        return DOCUMENT.published().stream()
                .dropWhile(line -> !line.startsWith("| kind |"))
                .skip(2) // the heading and the line below it
                .filter(line -> line.startsWith("| "))
                .map(line -> line.substring(0, line.indexOf('|', line.indexOf('|', 1) + 1) + 1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether one of the JDKs has virtual threads. */
    public boolean hasVirtualThreads() {
        return !walks.isEmpty() && walks.lastKey() >= 21;
    }

    /** The whole document. */
    public String text() {
        List<String> lines = new ArrayList<>();
        lines.add(cells("|  |", feature -> " JDK " + feature + " |"));
        lines.add(cells("|---|", feature -> "---:|"));
        for (String figure :
                List.of("seed", "steps", "deeds", "deeds in virtual threads", "second looks", "differences")) {
            lines.add(cells("| " + figure + " |", feature -> cell(feature, figure)));
        }
        lines.add("");
        lines.add(
                "A second look was needed where a closing thread of the JDK was on its way between the agent's hook and the kernel.");
        lines.add("");
        lines.add(cells("| kind | what was done |", feature -> " JDK " + feature + " |"));
        lines.add(cells("|---|---|", feature -> "---:|"));
        SortedSet<String> keys = new TreeSet<>();
        walks.values().forEach(walk -> keys.addAll(walk.keySet()));
        for (String key : keys) {
            if (key.startsWith("done\t")) {
                lines.add(cells(row(key), feature -> cell(feature, key)));
            }
        }
        return DOCUMENT.text(lines);
    }

    private String cell(int feature, String key) {
        return " " + walks.getOrDefault(feature, Map.of()).getOrDefault(key, "-") + " |";
    }

    private String cells(String first, IntFunction<String> cell) {
        return walks.keySet().stream().map(cell::apply).collect(Collectors.joining("", first, ""));
    }
}
