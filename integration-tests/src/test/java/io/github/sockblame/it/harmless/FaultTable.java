// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.docs.ClassOutcomes;
import io.github.sockblame.it.docs.GeneratedDocument;
import io.github.sockblame.it.docs.NewDocuments;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The results for each fault: a document in docs/generated, which one class of tests writes. */
final class FaultTable {

    private final GeneratedDocument document;
    private final SortedMap<String, String> rows = new TreeMap<>();

    FaultTable(String name, String title) {
        document = new GeneratedDocument(name, title, "reliability");
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
        lines.add("| fault | expected | seen |");
        lines.add("|---|---|---|");
        lines.addAll(rows.values());
        NewDocuments made = NewDocuments.ofThisRun();
        made.write(Map.of(document.file(), document.text(lines)), tests);
        if (made.publishing()) {
            return;
        }
        List<String> published = document.published();
        assertThat(lines.stream().filter(line -> !published.contains(line)))
                .as("seen, and not in %s", document.hint())
                .isEmpty();
        if (tests.skipped().isEmpty()) {
            assertThat(published.stream().filter(line -> !lines.contains(line)))
                    .as("not seen, and in %s", document.hint())
                    .isEmpty();
        }
    }
}
