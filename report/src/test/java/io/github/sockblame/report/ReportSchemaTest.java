// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.json.ReportJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** docs/report.schema.json describes each part of a report, and nothing else. */
class ReportSchemaTest {

    private static final JsonNode SCHEMA = new JsonMapper().readTree(SampleSchema.json());

    @Test
    void reportsAreAsTheSchemaDescribesThem() {
        for (Report report : List.of(
                SampleReports.complete(),
                SampleReports.rich(),
                SampleReports.rich().withoutSockets(),
                SampleReports.reduced(),
                SampleReports.quiet().withoutListeners().build())) {
            assertThat(SampleSchema.violations(ReportJson.write(report))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/mood",
                "/program/mood",
                "/fileDescriptors/mood",
                "/totals/mood",
                "/totals/untrackedDetail/mood",
                "/sites/0/mood",
                "/sites/0/recvQ/mood",
                "/sites/0/remotes/0/mood",
                "/sites/0/eof/mood",
                "/sockets/0/mood",
                "/sockets/0/opened/mood",
                "/sockets/0/local/mood",
                "/closedByCleaner/mood",
                "/closedByCleaner/sites/0/mood",
                "/stacks/0/mood",
                "/frames/0/mood",
                "/agent/mood",
                "/agent/hooks/0/mood",
                "/agent/sources/0/mood",
                "/agent/trace/mood",
                "/agent/capture/mood",
                "/agent/stackMemory/mood",
                "/agent/program/0/mood",
                "/stacks/3/omitted/0/mood",
                "/listeners/0/mood",
                "/listenDrops/mood",
                "/afterClose/mood",
                "/afterClose/sites/0/mood",
                "/ephemeralPorts/mood",
                "/ephemeralPorts/fullest/0/mood",
                "/history/mood",
                "/history/samples/0/mood"
            })
    void aWordWithoutADescriptionIsNoneOfTheSchema(String place) {
        assertThat(SampleSchema.violations(SampleJson.with(place, "1")))
                .anyMatch(violation -> violation.contains("property 'mood' is not defined"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "/schema \"sockblame/1\"",
                "/takenAt \"yesterday\"",
                "/grace \"five\"",
                "/totals/sockets null",
                "/totals/sockets -1",
                "/totals/byState {\"BUSY\":1}",
                "/sites/0/verdict \"GUILTY\"",
                "/sites/0/oldestSince null",
                "/sockets/0/local/port 65536",
                "/sockets/0/inode \"7\"",
                "/history/samples/0/leaked \"none\""
            })
    void aValueOfAnotherKindIsNoneOfTheSchema(String place, String json) {
        assertThat(SampleSchema.violations(SampleJson.with(place, json))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/totals",
                "/sites",
                "/sites/0/count",
                "/sockets/0/fd",
                "/stacks/0/frames",
                "/frames",
                "/agent/hooks"
            })
    void aReportHasEachPartThatCannotBeUnknown(String place) {
        assertThat(SampleSchema.violations(SampleJson.without(place))).isNotEmpty();
    }

    @Test
    void eachConstantIsInTheSchema() {
        assertThat(constants("tcpState")).isEqualTo(names(TcpState.values()));
        assertThat(constants("protocol")).isEqualTo(names(Protocol.values()));
        assertThat(constants("origin")).isEqualTo(names(Origin.values()));
        assertThat(constants("verdict")).isEqualTo(names(Verdict.values()));
        assertThat(constants("confidence")).isEqualTo(names(Confidence.values()));
        assertThat(constants("reportDetail")).isEqualTo(names(ReportDetail.values()));
        assertThat(constants("hookState")).isEqualTo(names(HookState.values()));
    }

    @Test
    void eachObjectIsClosedAndEachPartHasADescription() {
        List<JsonNode> objects = new ArrayList<>(List.of(SCHEMA));
        SCHEMA.get("$defs").forEach(objects::add);
        for (JsonNode object : objects) {
            assertThat(object.path("description").asString("")).as("%s", object).isNotBlank();
            if (object.has("properties")) {
                assertThat(object.path("additionalProperties").asBoolean(true)).isFalse();
                for (JsonNode part : object.get("properties")) {
                    assertThat(part.path("description").asString(""))
                            .as("%s", part)
                            .isNotBlank();
                }
            }
        }
    }

    private static List<String> constants(String name) {
        return SCHEMA.at("/$defs/" + name + "/enum")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    private static List<String> names(Enum<?>[] constants) {
        return Arrays.stream(constants).map(Enum::name).toList();
    }
}
