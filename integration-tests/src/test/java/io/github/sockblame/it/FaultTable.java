// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What was seen of each fault: a section of docs/reliability.md, written by one class of tests. */
final class FaultTable {

    private static final String DOCUMENT = "docs/reliability.md";

    private final String name;
    private final SortedMap<String, String> rows = new TreeMap<>();

    /** For the section of this name. */
    FaultTable(String name) {
        this.name = name;
    }

    /**
     * Adds what was seen.
     *
     * @param fault what was wrong
     * @param expected of the program and of the agent
     * @param seen what came
     */
    synchronized void add(String fault, String expected, String seen) {
        rows.put(fault, "| " + fault + " | " + expected + " | " + seen.replace("|", "\\|") + " |");
    }

    /** Writes the rows for {@code make reliability}, or else fails with those that differ from the published ones. */
    synchronized void check(ClassOutcomes tests) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("| fault | expected | seen |");
        lines.add("|---|---|---|");
        lines.addAll(rows.values());
        lines.add("");
        NewDocuments made = NewDocuments.ofThisRun();
        made.write(Map.of(name + ".md", String.join("\n", lines) + "\n"), tests);
        if (made.publishing()) {
            return;
        }
        List<String> published = PublishedSection.linesOf(name, DOCUMENT);
        assertThat(lines.stream().filter(line -> !published.contains(line)))
                .as("seen, and not in %s: make reliability", DOCUMENT)
                .isEmpty();
        if (tests.skipped().isEmpty()) {
            assertThat(published.stream().filter(line -> !lines.contains(line)))
                    .as("in %s, and not seen: make reliability", DOCUMENT)
                    .isEmpty();
        }
    }
}
