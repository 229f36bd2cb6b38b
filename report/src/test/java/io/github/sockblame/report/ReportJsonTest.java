// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class ReportJsonTest {

    private static final JsonMapper MAPPER = new JsonMapper();

    @Test
    void readsWhatItWrote() throws ReportFormatException {
        Report report = SampleReports.rich();
        String json = ReportJson.write(report);

        assertThat(ReportJson.read(json)).isEqualTo(report);
        assertThat(ReportJson.read(stream(json))).isEqualTo(report);
        assertThat(json).doesNotContain("\n").startsWith("{").endsWith("}");
    }

    @Test
    void readsAReportWithNothingInIt() throws ReportFormatException {
        Report report = SampleReports.quiet().stacks().build();

        assertThat(ReportJson.read(ReportJson.write(report))).isEqualTo(report);
    }

    @Test
    void keepsWhateverANameHolds() throws ReportFormatException {
        String hostile = "\u001b]0;x\u0007 \"\\ \n \u2028 \ud83d\ude00 </script>";
        Report report = SampleReports.quiet()
                .program(SampleReports.program(hostile, false))
                .build();

        assertThat(ReportJson.read(ReportJson.write(report)).program().name()).isEqualTo(hostile);
    }

    @Test
    void writesTimesAndStatesForOtherReadersToo() {
        assertThat(ReportJson.write(SampleReports.rich()))
                .contains("\"schema\":\"sockblame/1\"")
                .contains("\"takenAt\":\"2026-03-01T12:00:00.123456789Z\"")
                .contains("\"grace\":\"PT5.5S\"")
                .contains("\"CLOSE_WAIT\":3");
    }

    @Test
    void passesOverFieldsThatItDoesNotKnow() throws ReportFormatException {
        assertThat(ReportJson.read(with("/program/mood", "{\"good\":[1,2]}"))).isEqualTo(SampleReports.rich());
        assertThat(ReportJson.read(with("/sites/0/color", "\"red\""))).isEqualTo(SampleReports.rich());
    }

    @Test
    void doesNotCloseTheStream() throws ReportFormatException {
        boolean[] closed = new boolean[1];
        InputStream stream =
                new ByteArrayInputStream(ReportJson.write(SampleReports.rich()).getBytes(StandardCharsets.UTF_8)) {
                    @Override
                    public void close() {
                        closed[0] = true;
                    }
                };
        ReportJson.read(stream);

        assertThat(closed[0]).isFalse();
    }

    @Test
    void namesBothSchemasOfANewerReport() {
        assertThat(refusal(with("/schema", "\"sockblame/2\"")))
                .contains("sockblame/2")
                .contains("sockblame/1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "null",
                "true",
                "42",
                "\"sockblame/1\"",
                "[]",
                "[{\"schema\":\"sockblame/1\"}]",
                "{}",
                "{\"schema\":null}",
                "{\"schema\":1}",
                "{\"schema\":[\"sockblame/1\"]}",
                "{\"schema\":{\"sockblame/1\":1}}",
                "{\"schema\":\"http://json-schema.org/schema\"}",
            })
    void refusesJsonOfOthers(String json) {
        assertThat(refusal(json)).isEqualTo("not a Sockblame report: it names no schema");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not JSON",
                "{",
                "{\"schema\"",
                "{\"schema\":\"sockblame/1\"",
                "{\"schema\":\"sockblame/1\"}",
                "{\"schema\":\"sockblame/1\",}",
                "{\"schema\":\"sockblame/1\u0007\u001b[2J\"}",
                "{\"schema\":\"sockblame/1\\u001b[2J\"}",
                "<html></html>",
                "\u0000",
                "\u001f\u008b\u0008",
                "\u001b[2J",
                "%PDF-1.7\n\n",
            })
    void refusesWhatIsNoReport(String text) {
        refusal(text);
    }

    @Test
    void refusesBytesThatAreNoText() {
        byte[] bytes = new byte[3000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 37 + 0x80);
        }
        checkRefusal(catchThrowable(() -> ReportJson.read(new ByteArrayInputStream(bytes))));
    }

    @Test
    void refusesAReportCutAnywhere() {
        String json = ReportJson.write(SampleReports.rich());
        for (int length = 0; length < json.length(); length += 7) {
            refusal(json.substring(0, length));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "{}", "]", "\u0000", "{\"schema\":\"sockblame/1\"}"})
    void refusesWhatComesBehindTheReport(String garbage) {
        refusal(ReportJson.write(SampleReports.rich()) + garbage);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/agentVersion",
                "/takenAt",
                "/grace",
                "/program",
                "/program/pid",
                "/program/name",
                "/program/attachedLate",
                "/fileDescriptors",
                "/fileDescriptors/open",
                "/totals",
                "/totals/leaked",
                "/totals/byState",
                "/totals/byState/CLOSE_WAIT",
                "/sites",
                "/sites/0",
                "/sites/0/number",
                "/sites/0/verdict",
                "/sites/0/oldest",
                "/sites/0/states",
                "/sites/0/states/CLOSE_WAIT",
                "/sites/0/recvQ/min",
                "/sites/0/remotes/0/remote",
                "/sites/0/remotes/0/remote/address",
                "/sites/0/eof/threads",
                "/sites/0/eof/threads/0",
                "/sites/0/opened",
                "/sites/0/evidence/0",
                "/sockets",
                "/sockets/1",
                "/sockets/0/fd",
                "/sockets/0/origin",
                "/sockets/0/opened/thread",
                "/sockets/0/opened/at",
                "/stacks",
                "/stacks/0",
                "/stacks/0/frames",
                "/stacks/0/frames/0",
                "/stacks/0/frames/0/className",
                "/stacks/0/culprit",
                "/agent",
                "/agent/hooks",
                "/agent/hooks/0/state",
                "/agent/sources/0/name",
            })
    void refusesNullWhereSomethingMustBe(String place) {
        assertThat(refusal(with(place, "null"))).startsWith("a damaged report: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/takenAt", "/program", "/totals/leaked", "/sites", "/sockets/0/fd", "/sites/0/opened/stack"})
    void refusesAReportWithoutAFieldThatMustBe(String place) {
        assertThat(refusal(without(place))).startsWith("a damaged report: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/sites/0/eof", "/sites/0/recvQ", "/sockets/0/state", "/sockets/0/site", "/agent/lastError"})
    void readsAReportWithoutAFieldThatMayBeNull(String place) throws ReportFormatException {
        assertThat(ReportJson.read(without(place))).isEqualTo(ReportJson.read(with(place, "null")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '\'',
            value = {
                "/takenAt \"yesterday\"",
                "/takenAt {}",
                "/takenAt 1e999999999",
                "/takenAt 99999999999999999999999999",
                "/grace \"5 apples\"",
                "/grace 1e999999999",
                "/program []",
                "/program/pid \"x\"",
                "/program/pid 99999999999999999999",
                "/totals/leaked 99999999999",
                "/totals/leaked 1e999999999",
                "/totals/byState {\"BUSY\":1}",
                "/totals/byState {\"LISTEN\":\"x\"}",
                "/totals/byState []",
                "/sites {}",
                "/sites/0 1",
                "/sites/0/verdict \"GUILTY\"",
                "/sites/0/eof 7",
                "/sites/0/remotes/0/remote/port 65536",
                "/sites/0/remotes/0/remote/port -1",
                "/stacks/0/culprit 8",
                "/stacks/0/culprit -2",
                "/stacks/0/frames {}",
                "/agent \"\"",
            })
    void refusesValuesThatDoNotFit(String place, String json) {
        refusal(with(place, json));
    }

    @ParameterizedTest
    @CsvSource({
        "/sites/0/eof/stack, 3",
        "/sites/0/opened/stack, -1",
        "/sites/0/listener/stack, 2147483647",
        "/sockets/0/opened/stack, 3",
        "/sockets/0/listenerOpened/stack, 99",
        "/sockets/0/eof/stack, -2147483648",
        "/sockets/0/closing/stack, 3",
    })
    void refusesAStackThatIsNotThere(String place, String index) {
        assertThat(refusal(with(place, index))).isEqualTo("a damaged report: it names stack " + index + " of 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "3", "-1"})
    void refusesASiteThatIsNotThere(String number) {
        assertThat(refusal(with("/sockets/0/site", number)))
                .isEqualTo("a damaged report: descriptor 7 names site " + number + " of 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "2", "-1"})
    void refusesSitesOutOfOrder(String number) {
        assertThat(refusal(with("/sites/0/number", number)))
                .isEqualTo("a damaged report: its sites are not numbered in order");
    }

    @ParameterizedTest
    @ValueSource(ints = {33, 1000, 100_000})
    void refusesDeepNesting(int depth) {
        refusal("{\"schema\":\"sockblame/1\",\"x\":" + "[".repeat(depth) + "]".repeat(depth) + "}");
        refusal("{\"x\":".repeat(depth) + "1" + "}".repeat(depth));
    }

    @Test
    void refusesAVeryLongString() {
        refusal(with("/program/name", "\"" + "x".repeat((1 << 20) + 1) + "\""));
        assertThat(refusal(with("/schema", "\"sockblame/" + "9".repeat(10_000) + "\"")))
                .hasSizeLessThan(1000);
    }

    @Test
    void refusesAVeryLongNumber() {
        refusal("{\"schema\":\"sockblame/1\",\"x\":" + "9".repeat(100_000) + "}");
    }

    @Test
    void tellsAStreamThatFails() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("disk on fire");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                throw new IOException("disk on fire");
            }
        };
        assertThat(checkRefusal(catchThrowable(() -> ReportJson.read(broken)))).contains("disk on fire");
    }

    @Test
    void readsWhatASocketMayLack() throws ReportFormatException {
        Report report = ReportJson.read(ReportJson.write(SampleReports.rich()));

        assertThat(report.sockets()).isEqualTo(SampleReports.rich().sockets());
        assertThat(report.sockets().get(1).opened()).isNull();
        assertThat(report.sites().get(1).recvQ()).isNull();
        assertThat(report.agent().hooks()).extracting(Hook::detail).containsExactly(null, "no such method");
        assertThat(List.copyOf(report.stacks().get(2).frames()).get(0).file()).isNull();
    }

    private static String refusal(String json) {
        String ofString = checkRefusal(catchThrowable(() -> ReportJson.read(json)));
        checkRefusal(catchThrowable(() -> ReportJson.read(stream(json))));
        return ofString;
    }

    private static String checkRefusal(Throwable refusal) {
        assertThat(refusal).isInstanceOf(ReportFormatException.class);
        String message = String.valueOf(refusal.getMessage());
        assertThat(message).isNotBlank().hasSizeLessThan(1000);
        assertThat(message.chars()).noneMatch(Character::isISOControl);
        return message;
    }

    private static InputStream stream(String json) {
        return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
    }

    /** The rich report's JSON with another value at this place (a JSON pointer). */
    private static String with(String place, String json) {
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

    private static String without(String place) {
        int slash = place.lastIndexOf('/');
        JsonNode tree = MAPPER.readTree(ReportJson.write(SampleReports.rich()));
        JsonNode removed = ((ObjectNode) tree.at(place.substring(0, slash))).remove(place.substring(slash + 1));
        assertThat(removed).isNotNull();
        return tree.toString();
    }
}
