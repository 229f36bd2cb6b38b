// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.command;

import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Selects rows of the JSON of a report. The rows stay unchanged, so that fields of a newer agent survive. */
final class RawRows {

    private RawRows() {}

    /**
     * The rows that match.
     *
     * @param rows the JSON of all rows
     * @param read the parsed rows, in the same order
     */
    static <T> ArrayNode of(JsonNode rows, List<T> read, Predicate<T> wanted) {
        ArrayNode chosen = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < read.size(); i++) {
            if (wanted.test(read.get(i))) {
                chosen.add(rows.get(i));
            }
        }
        return chosen;
    }
}
