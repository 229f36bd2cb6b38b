// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.json;

import io.github.sockblame.report.Report;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Translates a report of the first schema into the present one. The two have the same parts in the same order, and
 * differ in the names of the parts in this table, and in the frames, which each stack of the first schema has itself.
 */
final class SchemaOne {

    static final String NAME = "sockblame/1";

    private static final String EACH = "*";

    /** Rows of: the path of an object in the first schema; then, by turns, a name in that object and its present name. */
    private static final String[][] WORDS = {
        {"rescued/sites/*/opened", "stacks", "stackCount", "threadsInAll", "threadCount"},
        {"rescued/sites/*", "lastOpened", "lastOpenedAt"},
        {"sites/*/eof", "stacks", "stackCount", "threadsInAll", "threadCount"},
        {"sites/*/opened", "stacks", "stackCount", "threadsInAll", "threadCount"},
        {"sites/*/closing", "stacks", "stackCount", "threadsInAll", "threadCount"},
        {"sites/*/listener", "stacks", "stackCount", "threadsInAll", "threadCount"},
        {"sites/*/current", "stacks", "stackCount", "threadsInAll", "threadCount"},
        {"sites/*/lastUse", "stacks", "stackCount", "threadsInAll", "threadCount"},
        {
            "sites/*/flow",
            "openedLately",
            "openedInLastMinute",
            "closedLately",
            "closedInLastMinute",
            "closedThere",
            "closedAtCount",
            "closedLate",
            "closedAfterSuspicion",
            "latest",
            "longestDelay"
        },
        {
            "sites/*",
            "oldest",
            "oldestSince",
            "median",
            "medianSince",
            "remotesInAll",
            "remoteCount",
            "lately",
            "inLastMinute",
            "estimated",
            "estimatedCount"
        },
        {"sockets/*", "endOfTls", "closeNotify", "lastUsed", "lastUsedAt", "standsFor", "weight"},
        {"totals", "unseen", "untrackedDetail"},
        {"agent/trace", "ended", "endReason"},
        {"agent/capture", "leftOut", "skippedStacks", "first", "firstSkippedAt", "last", "lastSkippedAt"},
        {"agent", "disagreements", "unconfirmed"},
        {"afterClose/sites/*/opened", "stacks", "stackCount", "threadsInAll", "threadCount"},
        {"afterClose/sites/*/closing", "stacks", "stackCount", "threadsInAll", "threadCount"},
        {
            "afterClose/sites/*",
            "oldest",
            "firstClosedAt",
            "closedLately",
            "closedInLastTenSeconds",
            "medianLife",
            "medianLifetime"
        },
        {"afterClose", "sitesInAll", "siteCount"},
        {"listeners/*", "latestAccept", "lastAccept"},
        {"", "rescued", "closedByCleaner", "leftOut", "excludedSockets"},
    };

    private SchemaOne() {}

    /** Gives each part of the report its present name, in place. Parts that are no objects stay as they are. */
    static void translate(ObjectNode report) {
        for (String[] row : WORDS) {
            String path = row[0];
            for (JsonNode node : find(report, path.isEmpty() ? new String[0] : path.split("/"))) {
                if (node instanceof ObjectNode object) {
                    rename(object, row);
                }
            }
        }
        tabulateFrames(report);
        report.put("schema", Report.SCHEMA);
    }

    /** Moves the frames from the stacks into a table before the stacks, which then have the indexes. */
    private static void tabulateFrames(ObjectNode report) {
        ArrayNode table = report.arrayNode();
        Map<JsonNode, Integer> numbers = new HashMap<>();
        for (JsonNode node : report.path("stacks")) {
            if (node instanceof ObjectNode stack && stack.path("frames").isArray()) {
                ArrayNode indexes = report.arrayNode();
                for (JsonNode frame : stack.get("frames")) {
                    if (!numbers.containsKey(frame)) {
                        numbers.put(frame, table.size());
                        table.add(frame);
                    }
                    indexes.add(numbers.get(frame));
                }
                stack.set("frames", indexes);
            }
        }
        List<Map.Entry<String, JsonNode>> parts = List.copyOf(report.properties());
        report.removeAll();
        for (Map.Entry<String, JsonNode> part : parts) {
            if (part.getKey().equals("stacks")) {
                report.set("frames", table);
            }
            report.set(part.getKey(), part.getValue());
        }
    }

    private static List<JsonNode> find(JsonNode root, String[] path) {
        List<JsonNode> found = List.of(root);
        for (String name : path) {
            List<JsonNode> next = new ArrayList<>();
            for (JsonNode node : found) {
                if (name.equals(EACH)) {
                    node.forEach(next::add);
                } else {
                    next.add(node.path(name));
                }
            }
            found = next;
        }
        return found;
    }

    /** Renames in place, because a reader may rely on the order of the parts. */
    private static void rename(ObjectNode object, String[] row) {
        List<Map.Entry<String, JsonNode>> parts = List.copyOf(object.properties());
        object.removeAll();
        for (Map.Entry<String, JsonNode> part : parts) {
            object.set(nameNow(part.getKey(), row), part.getValue());
        }
    }

    private static String nameNow(String name, String[] row) {
        for (int i = 1; i < row.length; i += 2) {
            if (row[i].equals(name)) {
                return row[i + 1];
            }
        }
        return name;
    }
}
