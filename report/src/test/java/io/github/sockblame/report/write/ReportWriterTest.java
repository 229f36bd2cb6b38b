// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.write;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sockblame.report.Frame;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.SampleSchema;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.SocketRow;
import io.github.sockblame.report.SocketRows;
import io.github.sockblame.report.Stack;
import io.github.sockblame.report.json.ReportFormatException;
import io.github.sockblame.report.json.ReportJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The writer writes what a general library makes of the same records, by reflection. */
class ReportWriterTest {

    private static final JsonMapper REFLECTION = JsonMapper.builder().build();

    static List<Report> reports() {
        return List.of(
                SampleReports.complete(),
                SampleReports.rich(),
                SampleReports.rich().withoutSockets(),
                SampleReports.reduced(),
                SampleReports.quiet().build(),
                SampleReports.quiet().stacks().build(),
                SampleReports.quiet().withoutListeners().build());
    }

    @ParameterizedTest
    @MethodSource("reports")
    void eachComponentUnderItsNameAndInItsOrder(Report report) throws ReportFormatException {
        String json = ReportWriter.toJson(report);

        assertThat(json).isEqualTo(byReflection(report));
        assertThat(ReportJson.read(json)).isEqualTo(report);
        assertThat(SampleSchema.violations(json)).isEmpty();
    }

    /** What the library makes of the records, but with the frames of all stacks in one table. */
    private static String byReflection(Report report) {
        ObjectNode tree = REFLECTION.valueToTree(report);
        List<JsonNode> table = new ArrayList<>();
        for (JsonNode stack : tree.get("stacks")) {
            List<Integer> numbers = new ArrayList<>();
            for (JsonNode frame : stack.get("frames")) {
                if (!table.contains(frame)) {
                    table.add(frame);
                }
                numbers.add(table.indexOf(frame));
            }
            ((ObjectNode) stack).set("frames", REFLECTION.valueToTree(numbers));
        }
        String frames = "\"frames\":" + REFLECTION.writeValueAsString(table) + ",";
        return REFLECTION
                .writeValueAsString(tree)
                .replace("\"stacks\":[{", frames + "\"stacks\":[{")
                .replace("\"stacks\":[]", frames + "\"stacks\":[]");
    }

    /** A frame that two stacks have is written once. */
    @Test
    void eachDistinctFrameIsWrittenOnce() throws ReportFormatException {
        Frame shared = SampleReports.CUT.frames().get(1);
        Stack deep = new Stack(Collections.nCopies(700, shared), 0, null);
        Stack other = new Stack(List.of(SampleReports.CUT.frames().get(0), shared), 0, null);
        Report report = SampleReports.quiet().stacks(deep, other).build();
        String json = ReportWriter.toJson(report);

        assertThat(json)
                .containsOnlyOnce("com.acme.rule.Engine\",\"method\":\"walk")
                .contains("\"frames\":[1,0]");
        assertThat(json).hasSizeLessThan(3000);
        assertThat(ReportJson.read(json)).isEqualTo(report);
    }

    /** Each object of the complete report once more, with each of its parts taken away that may be missing. */
    @Test
    void eachOptionalPartAbsent() throws ReportFormatException {
        JsonNode complete = REFLECTION.readTree(ReportWriter.toJson(SampleReports.complete()));
        int absent = 0;
        for (ObjectNode object : objects(complete)) {
            for (String name : List.copyOf(object.propertyNames())) {
                JsonNode part = object.get(name);
                if (part.isNull()) {
                    continue;
                }
                object.putNull(name);
                Report report = readOrNull(complete.toString());
                object.set(name, part);
                if (report != null) {
                    absent++;
                    assertThat(ReportWriter.toJson(report))
                            .as("without %s", name)
                            .isEqualTo(byReflection(report));
                }
            }
        }
        assertThat(absent).as("parts that may be absent").isGreaterThan(50);
    }

    /** A component that is new must get a value in {@link SampleReports#complete} or {@link SampleReports#reduced}; then the first test compares it. */
    @Test
    void theCompleteReportHasAValueInEachComponent() {
        List<String> empty = new ArrayList<>();
        findEmpty(Report.class, List.of(SampleReports.complete(), SampleReports.reduced()), "", empty);

        // a stack has a culprit or an entry, and the complete report has one of each
        assertThat(empty).isEmpty();
    }

    /** Rows have milliseconds, as the agent has them; the samples are finer. */
    @Test
    void rowsAreWrittenAsTheirSocketsAre() {
        Report complete = SampleReports.complete();
        List<Socket> sockets = complete.sockets();
        SocketRows rows = new SocketRows() {
            @Override
            public SocketRow row(int index) {
                return sockets.get(index);
            }

            @Override
            public int size() {
                return sockets.size();
            }
        };
        Report asRows = complete.toBuilder().sockets(rows).build();
        Report asList = complete.toBuilder().sockets(new ArrayList<>(rows)).build();

        assertThat(asRows.sockets()).isSameAs(rows).isEqualTo(asList.sockets());
        assertThat(ReportWriter.toJson(asRows)).isEqualTo(ReportWriter.toJson(asList));
        for (int i = 0; i < sockets.size(); i++) {
            assertThat(rows.get(i))
                    .usingRecursiveComparison()
                    .withComparatorForType(
                            Comparator.comparing(time -> time.truncatedTo(ChronoUnit.MILLIS)), Instant.class)
                    .isEqualTo(sockets.get(i));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000\u0001\u001b]0;x\u0007\u007f\u009b",
                "\"\\/\b\f\n\r\t</script>",
                "\u2028\u2029\ufeff\uffff",
                "é \ud83d\ude00 \u202e",
                ""
            })
    void aTextWithAnyCharacters(String hostile) throws ReportFormatException {
        Report report = SampleReports.quiet()
                .program(SampleReports.program(hostile, false))
                .build();

        assertThat(REFLECTION.readTree(ReportWriter.toJson(report)))
                .isEqualTo(REFLECTION.readTree(byReflection(report)));
        assertThat(ReportJson.read(ReportWriter.toJson(report))).isEqualTo(report);
    }

    /** A name of a thread can be any row of chars, also one that is no text in any encoding. */
    @ParameterizedTest
    @ValueSource(strings = {"a\ud83d", "\ud83db", "\ude00", "\ude00\ud83d", "\ud83d\ud83d\ude00"})
    void halfACharacterIsReplaced(String half) throws ReportFormatException {
        Report report = SampleReports.quiet()
                .program(SampleReports.program(half, false))
                .build();

        String read = ReportJson.read(ReportWriter.toJson(report)).program().name();

        assertThat(read).hasSameSizeAs(half).contains("\ufffd");
    }

    @Test
    void aLongTextIsWrittenInPieces() throws ReportFormatException {
        Report report = SampleReports.quiet()
                .program(SampleReports.program("x\u2028y".repeat(20_000), false))
                .build();

        assertThat(ReportJson.read(ReportWriter.toJson(report))).isEqualTo(report);
    }

    @Test
    void theStreamGetsPiecesOfOneBuffer() throws IOException {
        Report rich = SampleReports.rich();
        Report large = rich.toBuilder()
                .sockets(Collections.nCopies(2000, rich.sockets().get(0)))
                .build();
        int[] largest = new int[1];
        OutputStream stream = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int from, int length) {
                largest[0] = Math.max(largest[0], length);
                super.write(bytes, from, length);
            }
        };

        ReportWriter.write(large, stream);

        assertThat(stream).hasToString(ReportWriter.toJson(large));
        assertThat(largest[0]).isBetween(1, 16 * 1024);
    }

    @Test
    void aStreamThatFailsDoesNotGetTheEndOfAReport() {
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        OutputStream full = new OutputStream() {
            @Override
            public void write(int oneByte) throws IOException {
                if (taken.size() == 1000) {
                    throw new IOException("No space left on device");
                }
                taken.write(oneByte);
            }
        };

        assertThatThrownBy(() -> ReportWriter.write(SampleReports.rich(), full))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("No space left on device");
        assertThat(taken.toString(UTF_8))
                .isEqualTo(ReportWriter.toJson(SampleReports.rich()).substring(0, 1000));
    }

    private static List<ObjectNode> objects(JsonNode root) {
        List<ObjectNode> found = new ArrayList<>();
        if (root instanceof ObjectNode object) {
            found.add(object);
        }
        root.forEach(child -> found.addAll(objects(child)));
        return found;
    }

    private static @Nullable Report readOrNull(String json) {
        try {
            return ReportJson.read(json);
        } catch (ReportFormatException e) {
            return null; // a part that must be there
        }
    }

    /** Adds the components that no value of this type fills, in the values and in the records inside them. */
    private static void findEmpty(Class<?> type, List<?> values, String path, List<String> empty) {
        for (RecordComponent component : type.getRecordComponents()) {
            String place = path + "/" + component.getName();
            List<Object> filled = new ArrayList<>();
            for (Object value : values) {
                Object part = get(component, value);
                if (part instanceof List<?> list) {
                    filled.addAll(list);
                } else if (part instanceof Map<?, ?> map) {
                    filled.addAll(map.values());
                } else if (part != null) {
                    filled.add(part);
                }
            }
            if (filled.isEmpty()) {
                empty.add(place);
            }
            Class<?> content = content(component.getGenericType());
            if (content.isRecord()) {
                findEmpty(content, filled, place, empty);
            }
        }
    }

    private static Object get(RecordComponent component, Object record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a component cannot be read", e);
        }
    }

    private static Class<?> content(Type type) {
        return type instanceof ParameterizedType list
                ? (Class<?>) list.getActualTypeArguments()[list.getActualTypeArguments().length - 1]
                : (Class<?>) type;
    }
}
