// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sockblame.report.AgentHealth;
import io.github.sockblame.report.EphemeralPorts;
import io.github.sockblame.report.History;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleReports;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An agent of the first schema wrote {@code schema-1.json} about a real program. {@code schema-1-complete.json} is
 * {@link SampleReports#complete} as the last version of the first schema wrote it.
 */
class SchemaOneTest {

    private static final JsonMapper MAPPER = new JsonMapper();

    @Test
    void everyPartOfAReportIsRead() throws Exception {
        assertThat(ReportJson.read(resource("schema-1-complete.json"))).isEqualTo(complete());
    }

    @Test
    void theJsonHasThePresentWordsInTheirOrder() throws Exception {
        assertThat(ReportJson.parse(resource("schema-1-complete.json").strip()).json())
                .isEqualTo(withoutLaterParts(ReportJson.write(complete())));
    }

    @Test
    void aRealReportIsRead() throws Exception {
        String json = resource("schema-1.json");
        JsonNode old = MAPPER.readTree(json);
        Report report = ReportJson.read(json);

        assertThat(report.schema()).isEqualTo(Report.SCHEMA);
        assertThat(report.excludedSockets())
                .isEqualTo(old.at("/leftOut").asInt())
                .isPositive();
        assertThat(report.closedByCleaner().count())
                .isEqualTo(old.at("/rescued/count").asLong())
                .isPositive();
        assertThat(Objects.requireNonNull(report.agent().capture()).skippedStacks())
                .isEqualTo(old.at("/agent/capture/leftOut").asLong())
                .isPositive();
        assertThat(report.sites().get(0).oldestSince())
                .isEqualTo(old.at("/sites/0/oldest").asString());
        assertThat(MAPPER.readTree(ReportJson.parse(json).json()))
                .isEqualTo(MAPPER.readTree(withoutLaterParts(ReportJson.write(report))));
    }

    @Test
    void fieldsOfAnotherVersionSurvive() throws Exception {
        String json = resource("schema-1.json").replaceFirst("\\{", "{\"later\":{\"latest\":7},");

        assertThat(ReportJson.parse(json).json()).startsWith("{\"later\":{\"latest\":7},");
        assertThat(ReportJson.read(json)).isEqualTo(ReportJson.read(resource("schema-1.json")));
    }

    @Test
    void aReportOfThePresentSchemaStaysAsItIs() throws Exception {
        String named = ReportJson.write(SampleReports.quiet()
                .program(SampleReports.program(SchemaOne.NAME, false))
                .build());

        assertThat(ReportJson.parse(named).json()).isSameAs(named);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"schema\":\"sockblame/1\"}",
                "{\"schema\":\"sockblame/1\",\"sites\":[1,[2],null],\"rescued\":7,\"agent\":[],\"totals\":\"x\"}",
                "{\"schema\":\"sockblame/1\",\"sites\":{\"a\":{\"eof\":{\"stacks\":1}}},\"sockets\":null}"
            })
    void aDamagedReportIsRefused(String json) {
        assertThatThrownBy(() -> ReportJson.read(json))
                .isInstanceOf(ReportFormatException.class)
                .hasMessageStartingWith("a damaged report: ");
    }

    /** The complete report, with the parts that an agent of the first schema had. */
    private static Report complete() {
        Report report = SampleReports.complete();
        AgentHealth agent = report.agent();
        EphemeralPorts ports = Objects.requireNonNull(report.ephemeralPorts());
        EphemeralPorts.PortsTo fullest = ports.fullest().get(0);
        return report.toBuilder()
                .history(withoutDescriptors(Objects.requireNonNull(report.history())))
                .ephemeralPorts(new EphemeralPorts(
                        ports.first(),
                        ports.last(),
                        List.of(new EphemeralPorts.PortsTo(fullest.remote(), fullest.taken(), null)),
                        ports.complete()))
                .stacks(report.stacks().subList(0, 3))
                .agent(new AgentHealth(
                        agent.hooks(),
                        agent.sources(),
                        agent.internalErrors(),
                        agent.lastError(),
                        agent.unconfirmed(),
                        agent.trace(),
                        agent.capture()))
                .build();
    }

    private static History withoutDescriptors(History history) {
        return new History(
                history.periodSeconds(),
                history.samples().stream()
                        .map(sample ->
                                new History.Sample(sample.at(), sample.sockets(), sample.leaked(), sample.byState()))
                        .toList());
    }

    /** This JSON without the parts that the first schema did not have, and that are unknown. */
    private static String withoutLaterParts(String json) {
        return json.replaceAll(
                ",\"(omitted|byProgram|descriptors|through|watch|stackMemory|program|reduction)\":null", "");
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = SchemaOneTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
        }
    }
}
