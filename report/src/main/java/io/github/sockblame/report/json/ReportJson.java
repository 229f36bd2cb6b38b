// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.github.sockblame.report.Report;
import io.github.sockblame.report.SafeText;
import java.io.InputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of a {@link Report}: the same over JMX and in a file.
 *
 * <p>Input is not trusted. Depth, number and string sizes are bounded, and input other than a whole report gives
 * an error of one line. The reader skips fields that this version does not have, so that a report of the same schema
 * may get more fields later. It also reads reports of the first schema, with the help of {@link SchemaOne}.
 */
public final class ReportJson {

    /** Largest report that is read, in bytes: ten times the size of a report of 19,000 sockets. */
    public static final long MAX_BYTES = 256L * 1024 * 1024;

    private static final String FAMILY = "sockblame/";
    private static final ObjectReader READER;
    private static final ObjectWriter WRITER;

    static {
        StreamReadConstraints bounds = StreamReadConstraints.builder()
                .maxDocumentLength(MAX_BYTES)
                .maxNestingDepth(32)
                .maxNumberLength(40)
                .maxStringLength(1 << 20)
                .build();
        JsonMapper mapper = JsonMapper.builder(
                        JsonFactory.builder().streamReadConstraints(bounds).build())
                .annotationIntrospector(new RequiredPrimitives())
                .addModule(RowSerializers.module())
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        READER = mapper.reader();
        WRITER = mapper.writer();
    }

    private ReportJson() {}

    /** The report as one line of JSON. */
    public static String write(Report report) {
        return new String(
                WRITER.writeValueAsBytes(report),
                UTF_8); // nearly all of it is ASCII; a string of Jackson's takes twice the work
    }

    /**
     * A class of its own, because only a reader needs it. To find out how to make each part of a report takes longer
     * than to read a small report.
     */
    private static final class Reports {

        private static final ObjectReader READER = ReportJson.READER.forType(Report.class);

        private Reports() {}
    }

    /** Does in advance what the first report read takes, for example while the report is on its way. */
    public static void prepareToRead() {
        requireNonNull(Reports.READER);
    }

    /**
     * Reads a report. The stream is not closed.
     *
     * @throws ReportFormatException if it is no report, or one of a newer schema
     */
    public static Report read(InputStream json) throws ReportFormatException {
        try {
            JsonNode tree = READER.readTree(json);
            translate(tree);
            return toReport(tree);
        } catch (JacksonException e) {
            throw refusal("not a Sockblame report: ", e);
        }
    }

    /**
     * Reads a report.
     *
     * @throws ReportFormatException if it is no report, or one of a newer schema
     */
    public static Report read(String json) throws ReportFormatException {
        return parse(json).report();
    }

    /**
     * Reads a report, and keeps its JSON.
     *
     * @throws ReportFormatException if it is no report, or one of a newer schema
     */
    public static ParsedReport parse(String json) throws ReportFormatException {
        try {
            JsonNode tree = READER.readTree(json);
            boolean translated = translate(tree);
            return new ParsedReport(toReport(tree), translated ? tree.toString() : json, tree);
        } catch (JacksonException e) {
            throw refusal("not a Sockblame report: ", e);
        }
    }

    /** Translates a report of the first schema; false if it has another one. */
    private static boolean translate(JsonNode tree) {
        if (!(tree instanceof ObjectNode report) || !schemaOf(tree).equals(SchemaOne.NAME)) {
            return false;
        }
        SchemaOne.translate(report);
        return true;
    }

    private static String schemaOf(JsonNode tree) {
        return tree.path("schema").asString("");
    }

    private static Report toReport(JsonNode tree) throws ReportFormatException {
        String schema = schemaOf(tree);
        if (!schema.startsWith(FAMILY)) {
            throw new ReportFormatException("not a Sockblame report: it names no schema");
        }
        if (!schema.equals(Report.SCHEMA)) {
            throw new ReportFormatException("a report of schema " + SafeText.of(schema) + ", and this version reads "
                    + SchemaOne.NAME + " and " + Report.SCHEMA + ": use the sockblame of the agent that wrote it");
        }
        try {
            Report report = Reports.READER.readValue(tree);
            ReportValidator.check(report);
            return report;
        } catch (JacksonException e) {
            throw refusal("a damaged report: ", e);
        }
    }

    private static ReportFormatException refusal(String what, JacksonException e) {
        return new ReportFormatException(what + SafeText.of(e.getOriginalMessage()), e);
    }
}
