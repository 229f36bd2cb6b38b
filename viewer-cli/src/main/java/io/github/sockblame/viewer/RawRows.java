// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Some of the rows of a report, as they are in its JSON: so fields unknown to this version survive. */
final class RawRows {

    private RawRows() {}

    /**
     * Those that are wanted.
     *
     * @param rows the JSON of them all
     * @param read what was read from it, in the same order
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
