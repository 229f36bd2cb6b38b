// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.sockblame.report.SampleJson;
import io.github.sockblame.report.SampleReports;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is no whole report is refused in one line. */
class ReportJsonRefusalTest {

    @Test
    void namesBothSchemasOfANewerReport() {
        assertThat(refusal(SampleJson.with("/schema", "\"sockblame/3\"")))
                .contains("sockblame/2")
                .contains("sockblame/2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "null",
                "true",
                "42",
                "\"sockblame/2\"",
                "[]",
                "[{\"schema\":\"sockblame/2\"}]",
                "{}",
                "{\"schema\":null}",
                "{\"schema\":1}",
                "{\"schema\":[\"sockblame/2\"]}",
                "{\"schema\":{\"sockblame/2\":1}}",
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
                "{\"schema\":\"sockblame/2\"",
                "{\"schema\":\"sockblame/2\"}",
                "{\"schema\":\"sockblame/2\",}",
                "{\"schema\":\"sockblame/2\u0007\u001b[2J\"}",
                "{\"schema\":\"sockblame/2\\u001b[2J\"}",
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
    void namesThePlaceOfAFault() {
        String json = ReportJson.write(SampleReports.rich());
        assertThat(refusal("{\"schema\":\"sockblame/2\",}"))
                .isEqualTo("not a Sockblame report: no valid JSON at line 1, column 25");
        assertThat(refusal(json.substring(0, 100))).isEqualTo("not a Sockblame report: it ends too early");
        assertThat(refusal(json.replaceFirst("\"pid\":[0-9]+", "\"pid\":\"x\"")))
                .isEqualTo("a damaged report: the value of program.pid is missing or wrong");
        assertThat(refusal(json.replaceFirst("\"takenAt\":\"", "\"takenAt\":\"x")))
                .isEqualTo("a damaged report: the value of takenAt is missing or wrong");
        assertThat(refusal("[".repeat(100))).endsWith("nested too deeply");
    }

    @Test
    void refusesAReportCutAnywhere() {
        String json = ReportJson.write(SampleReports.rich());
        for (int length = 0; length < json.length(); length += 7) {
            refusal(json.substring(0, length));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "{}", "]", "\u0000", "{\"schema\":\"sockblame/2\"}"})
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
                "/totals/byProtocol/UDP",
                "/sites",
                "/sites/0",
                "/sites/0/number",
                "/sites/0/verdict",
                "/sites/0/oldestSince",
                "/sites/0/states",
                "/sites/0/states/CLOSE_WAIT",
                "/sites/0/recvQ/min",
                "/sites/0/remotes/0/remote",
                "/sites/0/remotes/0/remote/address",
                "/sites/0/eof/threads",
                "/sites/0/eof/threads/0",
                "/sites/0/evidence/0",
                "/closedByCleaner",
                "/closedByCleaner/sites",
                "/closedByCleaner/sites/0/opened",
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
                "/frames",
                "/frames/0",
                "/frames/0/className",
                "/stacks/3/omitted/0/count",
                "/stacks/0/culprit",
                "/agent",
                "/agent/hooks",
                "/agent/hooks/0/state",
                "/agent/sources/0/name",
                "/history/periodSeconds",
                "/history/samples",
                "/history/samples/0",
                "/history/samples/0/at",
                "/history/samples/0/sockets",
                "/history/samples/0/byState",
            })
    void refusesNullWhereSomethingMustBe(String place) {
        assertThat(refusal(SampleJson.with(place, "null"))).startsWith("a damaged report: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/takenAt",
                "/program",
                "/totals/leaked",
                "/sites",
                "/sockets/0/fd",
                "/sites/0/opened/stack",
                "/frames",
                "/stacks/0/frames",
                "/stacks/0/culprit"
            })
    void refusesAReportWithoutAFieldThatMustBe(String place) {
        assertThat(refusal(SampleJson.without(place))).startsWith("a damaged report: ");
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
                "/totals/byProtocol {\"SCTP\":1}",
                "/sites {}",
                "/sites/0 1",
                "/sites/0/verdict \"GUILTY\"",
                "/sites/0/eof 7",
                "/sites/0/remotes/0/remote/port 65536",
                "/sites/0/remotes/0/remote/port -1",
                "/stacks/0/culprit 8",
                "/stacks/0/culprit -2",
                "/stacks/0/frames {}",
                "/stacks/0/frames/0 -1",
                "/stacks/0/frames/0 99",
                "/stacks/0/frames/0 1.5",
                "/stacks/0/frames/0 \"0\"",
                "/stacks/0/frames/0 4294967296",
                "/stacks/0/entry \"x\"",
                "/stacks/3/omitted 7",
                "/stacks/3/omitted/0/before 4",
                "/stacks/3/omitted/1/before 2",
                "/stacks/3/omitted/0/count 0",
                "/frames {}",
                "/agent \"\"",
                "/history []",
                "/history/periodSeconds 0",
                "/history/samples {}",
                "/history/samples/0/byState {\"BUSY\":1}",
            })
    void refusesValuesThatDoNotFit(String place, String json) {
        refusal(SampleJson.with(place, json));
    }

    @ParameterizedTest
    @CsvSource({
        "/sites/0/eof/stack, 5",
        "/sites/0/opened/stack, -1",
        "/sites/0/listener/stack, 2147483647",
        "/listeners/0/opened/stack, 99",
        "/listeners/0/lastAccept/stack, -1",
        "/afterClose/sites/0/opened/stack, 5",
        "/afterClose/sites/0/closing/stack, -1",
        "/closedByCleaner/sites/0/opened/stack, 5",
        "/sockets/0/opened/stack, 5",
        "/sockets/0/listenerOpened/stack, 99",
        "/sockets/0/eof/stack, -2147483648",
        "/sockets/0/closing/stack, 5",
    })
    void refusesAStackThatIsNotThere(String place, String index) {
        assertThat(refusal(SampleJson.with(place, index)))
                .isEqualTo("a damaged report: it names stack " + index + " of 5");
    }

    @Test
    void refusesAStackOfNowThatIsNotThere() {
        String place = "{\"stack\":5,\"stackCount\":1,\"threads\":[],\"threadCount\":1}";
        assertThat(refusal(SampleJson.with("/sites/0/current", place)))
                .isEqualTo("a damaged report: it names stack 5 of 5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "3", "-1"})
    void refusesASiteThatIsNotThere(String number) {
        assertThat(refusal(SampleJson.with("/sockets/0/site", number)))
                .isEqualTo("a damaged report: descriptor 7 names site " + number + " of 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "2", "-1"})
    void refusesSitesOutOfOrder(String number) {
        assertThat(refusal(SampleJson.with("/sites/0/number", number)))
                .isEqualTo("a damaged report: its sites are not numbered in order");
    }

    @Test
    void refusesAHistoryLongerThanADayOrOutOfOrder() {
        String sample = "{\"at\":\"2026-03-01T12:00:00Z\",\"sockets\":1,\"leaked\":null,\"byState\":{}}";
        assertThat(refusal(SampleJson.with(
                        "/history/samples", "[" + String.join(",", Collections.nCopies(1441, sample)) + "]")))
                .isEqualTo("a damaged report: its history has 1441 samples of 60 seconds");
        assertThat(refusal(SampleJson.with("/history/samples/0/at", "\"2026-03-02T12:00:00Z\"")))
                .isEqualTo("a damaged report: its history is not in the order of time");
    }

    @ParameterizedTest
    @ValueSource(ints = {33, 1000, 100_000})
    void refusesDeepNesting(int depth) {
        refusal("{\"schema\":\"sockblame/2\",\"x\":" + "[".repeat(depth) + "]".repeat(depth) + "}");
        refusal("{\"x\":".repeat(depth) + "1" + "}".repeat(depth));
    }

    @Test
    void refusesAVeryLongString() {
        refusal(SampleJson.with("/program/name", "\"" + "x".repeat((1 << 20) + 1) + "\""));
        assertThat(refusal(SampleJson.with("/schema", "\"sockblame/" + "9".repeat(10_000) + "\"")))
                .hasSizeLessThan(1000);
    }

    @Test
    void refusesAVeryLongNumber() {
        refusal("{\"schema\":\"sockblame/2\",\"x\":" + "9".repeat(100_000) + "}");
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

    private static String refusal(String json) {
        String ofString = checkRefusal(catchThrowable(() -> ReportJson.read(json)));
        checkRefusal(catchThrowable(() -> ReportJson.read(SampleJson.stream(json))));
        return ofString;
    }

    private static String checkRefusal(Throwable refusal) {
        assertThat(refusal).isInstanceOf(ReportFormatException.class);
        String message = String.valueOf(refusal.getMessage());
        assertThat(message).isNotBlank().hasSizeLessThan(1000);
        assertThat(message.chars()).noneMatch(Character::isISOControl);
        assertThat(message)
                .as("no names of the JSON library or of Java")
                .doesNotContain("`", "jackson", "StreamRead", "reference chain", "java.", "io.github", "property");
        return message;
    }
}
