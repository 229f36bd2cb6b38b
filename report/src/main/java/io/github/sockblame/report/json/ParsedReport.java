// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.json;

import io.github.sockblame.report.Report;
import tools.jackson.databind.JsonNode;

/**
 * A report with its JSON, in which parts that this version does not have survive.
 *
 * @param report the report
 * @param json its JSON in the words of the present schema: the text that was read, unless it had the first schema
 * @param tree the same as a tree
 */
public record ParsedReport(Report report, String json, JsonNode tree) {}
