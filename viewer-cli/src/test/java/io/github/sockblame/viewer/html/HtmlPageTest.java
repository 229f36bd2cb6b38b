// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.html;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Event;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.History;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.SampleSite;
import io.github.sockblame.report.SampleSocket;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Stack;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Totals;
import io.github.sockblame.report.Verdict;
import io.github.sockblame.report.text.LeaksText;
import io.github.sockblame.report.text.Sentences;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HtmlPageTest {

    private static final Pattern TAG = Pattern.compile("<(style|script)>(.*?)</\\1>", Pattern.DOTALL);
    private static final String HOSTILE =
            "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&{{data}}\u202e";

    @Test
    void policyAllowsItsOwnStyleAndScriptAndNothingElse() throws Exception {
        String page = page(SampleReports.rich());

        String policy = between(page, "Content-Security-Policy\" content=\"", "\"");
        List<MatchResult> tags = TAG.matcher(page).results().toList();
        assertThat(tags).extracting(tag -> tag.group(1)).containsExactly("style", "script");
        assertThat(policy)
                .isEqualTo(
                        "default-src 'none'; style-src '" + sha256(tags.get(0).group(2)) + "'; script-src '"
                                + sha256(tags.get(1).group(2)) + "'; base-uri 'none'; form-action 'none'");
    }

    private static String sha256(String content) throws Exception {
        return "sha256-"
                + Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8)));
    }

    @Test
    void pageLoadsNoResource() {
        String page = page(SampleReports.quiet().build());

        assertThat(page)
                .doesNotContain("://", "@import", "url(")
                .doesNotContainPattern("<(link|img|iframe|object|base)");
        assertThat(Pattern.compile("\\b(src|href)=\"([^\"]*)\"")
                        .matcher(page)
                        .results()
                        .map(MatchResult::group))
                .allMatch(reference -> reference.startsWith("href=\"#"));
    }

    @Test
    void everyPartOfTheScriptIsInThePage() throws Exception {
        Path parts = Path.of("src/main/resources/io/github/sockblame/viewer/html/page");
        String page = page(SampleReports.rich());
        try (Stream<Path> files = Files.list(parts)) {
            assertThat(files.toList())
                    .hasSizeGreaterThan(5)
                    .allSatisfy(file -> assertThat(page).containsOnlyOnce(Files.readString(file)));
        }
    }

    /** The one way for a text to become markup is a property or method by which a script writes some. */
    @Test
    void scriptWritesNoMarkup() {
        String script = TAG.matcher(page(SampleReports.rich()))
                .results()
                .toList()
                .get(1)
                .group(2);

        assertThat(script)
                .doesNotContain(
                        "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function")
                .doesNotContain("DOMParser", "setHTML", "createContextualFragment", "fetch(", "XMLHttpRequest");
    }

    @Test
    void whateverAProgramIsCalledIsNoMarkup() {
        String page = page(hostile());

        assertThat(Pattern.compile("<script", Pattern.CASE_INSENSITIVE)
                        .matcher(page)
                        .results())
                .hasSize(2);
        assertThat(page).doesNotContain("<img").doesNotContain("\u202e");
        JsonNode data = data(page);
        String shown = HOSTILE.replace('\u202e', '?');
        assertThat(data.at("/head/name").asString()).isEqualTo(shown);
        assertThat(data.at("/frames/0").asString()).isEqualTo(shown + "." + shown + "(" + shown + ":1)");
        assertThat(data.at("/sites/0/blamed").asString()).startsWith(shown);
        assertThat(data.at("/sites/0/places/0/threads/0").asString()).isEqualTo(shown);
        assertThat(data.at("/sites/0/remotes/0/address").asString()).isEqualTo(shown + ":443");
        assertThat(data.at("/sites/0/facts/1").asString()).isEqualTo(shown);
        assertThat(data.at("/addresses/0").asString()).isEqualTo(shown);
        assertThat(page).contains("<title>&lt;/script&gt;&lt;script&gt;");
    }

    @Test
    void aStackHasTheLibraryThroughWhichTheCulpritWent() {
        JsonNode data = data(page(SampleReports.rich()));

        assertThat(data.at("/stacks/4/through").asInt()).isEqualTo(1);
        assertThat(data.at("/stacks/4/blamed").asInt()).isEqualTo(3);
        assertThat(data.at("/stacks/0/through").asInt()).isEqualTo(-1);
    }

    @Test
    void aGapOfAStackIsALineOfIt() {
        JsonNode data = data(page(SampleReports.rich()));
        JsonNode cut = data.at("/stacks/3");

        assertThat(cut.at("/blamed").asInt()).isZero();
        assertThat(cut.get("frames")
                        .valueStream()
                        .map(number -> data.get("frames").get(number.asInt()).asString()))
                .hasSize(6)
                .containsSubsequence(
                        "\u2026 640 frames omitted", "com.acme.pool.Pool.take(Pool.java:7)", "\u2026 1 frame omitted");
    }

    private static Report hostile() {
        Endpoint remote = new Endpoint(HOSTILE, 443);
        Site.Place place = new Site.Place(0, 1, List.of(HOSTILE), 1);
        return SampleReports.leaking(SampleSite.of(Verdict.FORGOTTEN)
                        .remote(remote)
                        .eof(place)
                        .opened(place)
                        .evidence(HOSTILE)
                        .build())
                .program(SampleReports.program(HOSTILE, true))
                .stacks(new Stack(List.of(new Frame(HOSTILE, HOSTILE, HOSTILE, 1)), 0, null))
                .sockets(SampleSocket.tcp(7, TcpState.CLOSE_WAIT)
                        .addresses(remote, remote)
                        .judged(Verdict.FORGOTTEN, Confidence.CERTAIN, 1)
                        .build())
                .build();
    }

    @Test
    void figuresAreTheReports() {
        Report report = SampleReports.rich();
        JsonNode data = data(page(report));

        assertThat(data.at("/head/sockets").asInt()).isEqualTo(5);
        assertThat(data.at("/head/tracked").asInt()).isEqualTo(4);
        assertThat(data.at("/head/untracked").asInt()).isEqualTo(1);
        assertThat(data.at("/head/leaked").asInt()).isEqualTo(3);
        assertThat(data.at("/head/descriptors").asString()).isEqualTo("fds 40 of 1,000 (4 %)");
        assertThat(data.at("/head/states")
                        .valueStream()
                        .mapToInt(JsonNode::asInt)
                        .sum())
                .isEqualTo(5);
        assertThat(data.at("/sites").size()).isEqualTo(2);
        assertThat(data.at("/stacks").size()).isEqualTo(5);
        assertThat(data.at("/sites/0/blamed").asString())
                .isEqualTo("com.acme.pay.PaymentClient.call(PaymentClient.java:88)");
        assertThat(data.at("/sites/0/subject").asString())
                .isEqualTo("2 connections from 10.2.3.4:443 and 1 other address");
        assertThat(data.at("/besides").asString()).isEqualTo(Sentences.besides(report));
    }

    @Test
    void aSocketIsARowOfNumbers() {
        Event opened = new Event(SampleReports.NOW.minusSeconds(90), "main", 0);
        Report report = SampleReports.quiet()
                .totals(new Totals(2, 1, 1, Map.of(TcpState.ESTABLISHED, 1), 1, null, 0, null))
                .sockets(
                        SampleSocket.tcp(7, TcpState.ESTABLISHED)
                                .addresses(new Endpoint("10.0.0.1", 5000), new Endpoint("10.0.0.2", 443))
                                .queues(3L, 4L)
                                .opened(opened)
                                .closeNotify(new Event(SampleReports.NOW, "main", 1))
                                .stateSince(SampleReports.NOW.plusSeconds(5))
                                .build(),
                        SampleReports.untracked(9, Origin.NOT_SEEN, null))
                .build();

        JsonNode data = data(page(report));

        assertThat(data.at("/columns").size()).isEqualTo(data.at("/sockets/0").size());
        assertThat(data.at("/sockets/0").toString()).isEqualTo("[7,0,0,0,5000,1,443,3,4,0,0,90,1,0,0,-1,-1]");
        assertThat(data.at("/sockets/1").toString()).isEqualTo("[9,1,-1,-1,-1,-1,-1,-1,-1,1,-1,-1,-1,-1,0,-1,-1]");
        assertThat(data.at("/origins/1/meaning").asString()).isEqualTo(Origin.NOT_SEEN.meaning());
        assertThat(data.at("/origins/1/tracked").asBoolean()).isFalse();
        assertThat(data.at("/states/0").asString()).isEqualTo("ESTAB");
        assertThat(data.at("/addresses").toString()).isEqualTo("[\"10.0.0.1\",\"10.0.0.2\"]");
    }

    @Test
    void pageListsMissingFacts() {
        Report report = SampleReports.rich();

        assertThat(data(page(report)).at("/notSeen").valueStream().map(JsonNode::asString))
                .containsExactlyElementsOf(Sentences.notSeen(report))
                .anyMatch(line -> line.startsWith("attached 11m ago"))
                .anyMatch(line -> line.startsWith("1 untracked socket"))
                .anyMatch(line -> line.startsWith("hook missing: sun.nio.ch.Net.accept"))
                .anyMatch(line -> line.startsWith("not read: /proc/self/net/tcp6"))
                .anyMatch(line -> line.startsWith("opening stacks of 812 sockets"))
                .anyMatch(line -> line.startsWith("2 errors inside the agent"));
        assertThat(data(page(SampleReports.quiet().build())).at("/notSeen").isEmpty())
                .isTrue();
    }

    @Test
    void historyHasAMomentForEachSample() {
        assertThat(data(page(SampleReports.quiet()
                                .history(
                                        new History.Sample(SampleReports.NOW, 5, null, Map.of(TcpState.CLOSE_WAIT, 2)),
                                        new History.Sample(SampleReports.NOW.plusSeconds(60), 6, 1, Map.of()))
                                .build()))
                        .at("/history")
                        .toString())
                .isEqualTo("[{\"at\":" + SampleReports.NOW.toEpochMilli()
                        + ",\"sockets\":5,\"leaked\":null,\"byState\":{\"CLOSE-WAIT\":2}},"
                        + "{\"at\":" + (SampleReports.NOW.toEpochMilli() + 60_000)
                        + ",\"sockets\":6,\"leaked\":1,\"byState\":{}}]");
        assertThat(data(page(SampleReports.quiet().build())).at("/history").isEmpty())
                .isTrue();
    }

    @Test
    void isReadWithoutAScript() {
        Report report = SampleReports.rich();

        assertThat(page(report)).contains("<pre>" + LeaksText.of(report) + "</pre>");
    }

    private static String page(Report report) {
        return HtmlPage.of(report);
    }

    private static JsonNode data(String page) {
        return new JsonMapper().readTree(between(page, "id=\"data\">", "</script>"));
    }

    private static String between(String text, String before, String after) {
        int from = text.indexOf(before) + before.length();
        return text.substring(from, text.indexOf(after, from));
    }
}
