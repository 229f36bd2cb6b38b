// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Event;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.SampleSite;
import io.github.sockblame.report.SampleSocket;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Totals;
import io.github.sockblame.report.Verdict;
import io.github.sockblame.report.json.ReportJson;
import io.github.sockblame.viewer.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code explain --json}: of a report with two sites, whose sockets take turns. */
class ExplanationJsonTest {

    private static final JsonMapper MAPPER = new JsonMapper();

    @TempDir
    Path folder = Path.of("");

    @Test
    void siteIsExplainedWithSocketsAndStacks() throws IOException {
        JsonNode whole = tree(report());

        JsonNode told = explain(whole, "2");

        assertThat(told.propertyNames())
                .containsExactly("takenAt", "program", "meaning", "advice", "site", "sockets", "listeners", "stacks");
        assertThat(told.get("takenAt")).isEqualTo(whole.get("takenAt"));
        assertThat(told.get("program")).isEqualTo(whole.get("program"));
        assertThat(told.get("meaning").asString()).isEqualTo(Verdict.ABANDONED.meaning());
        assertThat(told.get("advice").asString()).isEqualTo(Verdict.ABANDONED.advice());
        assertThat(told.get("site")).isEqualTo(whole.get("sites").get(1));
        assertThat(told.get("sockets"))
                .containsExactly(
                        whole.get("sockets").get(1), whole.get("sockets").get(3));
        assertThat(told.get("listeners")).isEmpty();
        assertThat(told.get("stacks").propertyNames()).containsExactly("0");
        assertThat(told.get("stacks").get("0")).isEqualTo(withFrames(whole, 0));
    }

    /** A stack whose frames stand in it, because the answer has no table of them. */
    private static JsonNode withFrames(JsonNode whole, int stack) {
        ObjectNode complete = ((ObjectNode) whole.get("stacks").get(stack)).deepCopy();
        List<JsonNode> frames = complete.get("frames")
                .valueStream()
                .map(index -> whole.get("frames").get(index.asInt()))
                .toList();
        assertThat(frames).isNotEmpty().allMatch(frame -> frame.hasNonNull("className"));
        complete.putArray("frames").addAll(frames);
        return complete;
    }

    @Test
    void socketIsExplainedWithSite() throws IOException {
        JsonNode whole = tree(report());

        JsonNode told = explain(whole, "fd=42");

        assertThat(told.get("site")).isEqualTo(whole.get("sites").get(0));
        assertThat(told.get("sockets")).containsExactly(whole.get("sockets").get(2));
        assertThat(told.get("stacks").propertyNames()).containsExactly("0", "1");
        assertThat(told.get("stacks").get("1")).isEqualTo(withFrames(whole, 1));
    }

    @Test
    void listenerIsExplainedWithQueueAndAcceptor() throws IOException {
        JsonNode whole = tree(report());

        JsonNode told = explain(whole, "fd=11");

        assertThat(told.get("meaning").isNull()).isTrue();
        assertThat(told.get("advice").isNull()).isTrue();
        assertThat(told.get("site").isNull()).isTrue();
        assertThat(told.get("listeners")).containsExactly(whole.get("listeners").get(1));
        assertThat(told.get("stacks").propertyNames())
                .as("where the listener was opened, by what the list of listeners says")
                .containsExactly("0");
    }

    @Test
    void olderReportHasNoListeners() throws IOException {
        Report old = SampleReports.quiet()
                .withoutListeners()
                .sockets(SampleSocket.tcp(11, TcpState.LISTEN).build())
                .build();

        assertThat(explain(tree(old), "fd=11").get("listeners")).isEmpty();
    }

    @Test
    void unknownFieldsSurviveUnresolved() throws IOException {
        JsonNode whole = tree(report());
        JsonNode later = MAPPER.readTree("{\"at\":\"2026-03-01T12:00:00Z\",\"thread\":\"main\",\"stack\":2}");
        ObjectNode socket = (ObjectNode) whole.get("sockets").get(1);
        socket.set("flushed", later);
        socket.put("stack", 99);
        ((ObjectNode) whole.get("sites").get(1)).putArray("places").add(later);
        ((ObjectNode) whole.get("program")).put("later", "\u00e9");

        JsonNode told = explain(whole, "2");

        assertThat(told.get("sockets").get(0)).isEqualTo(socket);
        assertThat(told.get("site").get("places").get(0)).isEqualTo(later);
        assertThat(told.get("program").get("later").asString()).isEqualTo("\u00e9");
        assertThat(told.get("stacks").propertyNames()).containsExactly("0");
    }

    @Test
    void namesFromOutsideCannotDrawOnTheTerminal() throws IOException {
        String evil = "\u001b[2J\u009b2J\u202e";
        JsonNode whole = tree(report());
        ((ObjectNode) whole.get("program")).put("name", evil);

        Outcome outcome = Outcome.of("explain", "--json", file(whole.toString()), "1");

        assertThat(outcome.out()).hasLineCount(1).matches("[ -~]*\n");
        assertThat(MAPPER.readTree(outcome.out()).at("/program/name").asString())
                .isEqualTo(evil);
    }

    @Test
    void summarySiteHasNoSockets() throws IOException {
        JsonNode whole = tree(report().withoutSockets());

        JsonNode told = explain(whole, "1");

        assertThat(told.get("site")).isEqualTo(whole.get("sites").get(0));
        assertThat(told.get("sockets").isNull()).isTrue();
        assertThat(told.get("listeners").isNull()).isTrue();
        assertThat(told.get("stacks").propertyNames()).containsExactly("0", "1");
        Outcome.of("explain", "--json", file(whole.toString()), "fd=42").isFailure("the report is a summary");
    }

    @Test
    void aStackThatIsNotThereIsADamagedReport() throws IOException {
        JsonNode whole = tree(report());
        ((ObjectNode) whole.get("sockets").get(1).get("opened")).put("stack", 99);

        Outcome.of("explain", "--json", file(whole.toString()), "2").isFailure("it names stack 99 of 3");
    }

    private JsonNode explain(JsonNode whole, String what) throws IOException {
        Outcome outcome = Outcome.of("explain", file(whole.toString()), what, "--json");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.status()).isZero();
        assertThat(outcome.out()).hasLineCount(1);
        return MAPPER.readTree(outcome.out());
    }

    private String file(String json) throws IOException {
        return Files.writeString(folder.resolve("report.json"), json).toString();
    }

    private static JsonNode tree(Report report) {
        return MAPPER.readTree(ReportJson.write(report));
    }

    private static Report report() {
        Site forgotten = SampleSite.of(Verdict.FORGOTTEN)
                .eof(new Site.Place(1, 1, List.of("main"), 1))
                .build();
        Site abandoned = SampleSite.of(Verdict.ABANDONED, 2).number(2).build();
        return SampleReports.quiet()
                .totals(new Totals(4, 4, 0, Map.of(TcpState.CLOSE_WAIT, 3, TcpState.LISTEN, 1), 0, null, 3, null))
                .sites(forgotten, abandoned)
                .sockets(
                        SampleSocket.tcp(11, TcpState.LISTEN).build(),
                        abandoned(40),
                        SampleSocket.tcp(42, TcpState.CLOSE_WAIT)
                                .opened(event(0))
                                .eof(event(1))
                                .judged(Verdict.FORGOTTEN, Confidence.CERTAIN, 1)
                                .build(),
                        abandoned(44))
                .listeners(SampleReports.unknown(7), SampleReports.listener(0, 50, 50))
                .build();
    }

    private static Socket abandoned(int fd) {
        return SampleSocket.tcp(fd, TcpState.CLOSE_WAIT)
                .opened(event(0))
                .judged(Verdict.ABANDONED, Confidence.PROBABLE, 2)
                .build();
    }

    private static Event event(int stack) {
        return new Event(SampleReports.NOW.minusSeconds(60), "main", stack);
    }
}
