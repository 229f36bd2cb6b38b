// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.json;

import static java.util.Objects.requireNonNull;

import io.github.sockblame.report.Frame;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SafeText;
import io.github.sockblame.report.Stack;
import io.github.sockblame.report.write.ReportWriter;
import java.io.InputStream;
import java.time.DateTimeException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of a {@link Report}: the same over JMX and in a file.
 *
 * <p>Input is not trusted. Depth, number and string sizes are bounded, and input other than a whole report gives
 * an error of one line. The reader skips fields that this version does not have, so that a report of the same schema
 * may get more fields later. It also reads reports of the first schema, with the help of {@link SchemaOne}.
 */
public final class ReportJson {

    private static final String FAMILY = "sockblame/";
    private static final ReadLimits LIMITS = ReadLimits.ofThisJvm();
    private static final ObjectReader READER = reader(LIMITS);

    private ReportJson() {}

    private static ObjectReader reader(ReadLimits limits) {
        StreamReadConstraints bounds = StreamReadConstraints.builder()
                .maxDocumentLength(limits.bytes())
                .maxTokenCount(limits.tokens())
                .maxNestingDepth(32)
                .maxNameLength(1000)
                .maxNumberLength(40)
                .maxStringLength(1 << 20)
                .build();
        JsonMapper mapper = JsonMapper.builder(
                        JsonFactory.builder().streamReadConstraints(bounds).build())
                .annotationIntrospector(new RequiredPrimitives())
                .addModule(new SimpleModule("stacks").addDeserializer(Stack.class, new StackDeserializer()))
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        return mapper.reader();
    }

    /** The largest number of bytes that is read: {@link Report#MAX_JSON_BYTES}, or less with a small heap. */
    public static long maxBytes() {
        return LIMITS.bytes();
    }

    /** Returns why a text of more than {@link #maxBytes} is refused, in words that follow the name of a file and "is". */
    public static String tooLarge() {
        return LIMITS.refusal();
    }

    /** The report as one line of JSON, as {@link ReportWriter} writes it. */
    public static String write(Report report) {
        return ReportWriter.toJson(report);
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
            throw refusal("not a Sockblame report: ", e, LIMITS);
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
        return parse(json, READER, LIMITS);
    }

    /** The same with other limits, for a test of them. */
    static ParsedReport parse(String json, ReadLimits limits) throws ReportFormatException {
        return parse(json, reader(limits), limits);
    }

    private static ParsedReport parse(String json, ObjectReader reader, ReadLimits limits)
            throws ReportFormatException {
        try {
            JsonNode tree = reader.readTree(json);
            boolean translated = translate(tree);
            return new ParsedReport(toReport(tree), translated ? tree.toString() : json, tree);
        } catch (JacksonException e) {
            throw refusal("not a Sockblame report: ", e, limits);
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
        if (!tree.path("frames").isArray()) {
            throw new ReportFormatException("a damaged report: it has no frames");
        }
        try {
            Frame[] frames = READER.forType(Frame[].class).readValue(tree.get("frames"));
            Report report = Reports.READER
                    .withAttribute(StackDeserializer.FRAMES, frames)
                    .readValue(tree);
            ReportValidator.check(report);
            return report;
        } catch (JacksonException e) {
            throw refusal("a damaged report: ", e, LIMITS);
        } catch (DateTimeException | ArithmeticException e) { // Jackson lets those of a time beyond the scale pass
            throw new ReportFormatException("a damaged report: " + SafeText.of(String.valueOf(e.getMessage())), e);
        }
    }

    private static ReportFormatException refusal(String what, JacksonException e, ReadLimits limits) {
        if (e instanceof StreamConstraintsException
                && (e.getOriginalMessage().startsWith("Token count")
                        || e.getOriginalMessage().startsWith("Document length"))) {
            return new ReportFormatException(limits.refusal(), e);
        }
        return new ReportFormatException(what + JsonFault.of(e), e);
    }
}
