// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.json.ReportJson;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of {@link SampleReports#rich()}, with one thing different. */
public final class SampleJson {

    private static final JsonMapper MAPPER = new JsonMapper();

    private SampleJson() {}

    /** The rich report's JSON with another value at this place (a JSON pointer). */
    public static String with(String place, String json) {
        int slash = place.lastIndexOf('/');
        String name = place.substring(slash + 1);
        JsonNode tree = MAPPER.readTree(ReportJson.write(SampleReports.rich()));
        JsonNode parent = tree.at(place.substring(0, slash));
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(name), "MARK");
        } else {
            ((ObjectNode) parent).put(name, "MARK");
        }
        return tree.toString().replace("\"MARK\"", json);
    }

    public static String without(String place) {
        int slash = place.lastIndexOf('/');
        JsonNode tree = MAPPER.readTree(ReportJson.write(SampleReports.rich()));
        JsonNode removed = ((ObjectNode) tree.at(place.substring(0, slash))).remove(place.substring(slash + 1));
        assertThat(removed).isNotNull();
        return tree.toString();
    }

    public static InputStream stream(String json) {
        return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
    }
}
