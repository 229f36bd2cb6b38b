// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.SampleSocket;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import io.github.sockblame.report.json.ReportJson;
import io.github.sockblame.report.text.ExplainText;
import io.github.sockblame.report.text.LeaksText;
import io.github.sockblame.report.text.StatusText;
import io.github.sockblame.report.text.TextStyle;
import io.github.sockblame.viewer.connect.BundledAgent;
import io.github.sockblame.viewer.fake.Reports;
import io.github.sockblame.viewer.output.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class SavedReportVerbsTest {

    @TempDir
    Path folder = Path.of("");

    private String leaky = "";
    private String clean = "";

    @BeforeEach
    void save() throws IOException {
        leaky = file("leaky.json", ReportJson.write(Reports.leaky()));
        clean = file("clean", ReportJson.write(Reports.clean()));
    }

    @Test
    void leaksPrintsTheTextAndEndsWithOne() {
        Outcome outcome = Outcome.of("leaks", leaky);

        assertThat(outcome.out())
                .isEqualTo(LeaksText.of(Reports.leaky()) + "explain a site: sockblame explain " + leaky
                        + " 1\nexit status 1: leaks found\n");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.status()).isEqualTo(1);
    }

    @Test
    void leaksEndsWithZeroIfThereAreNone() {
        Outcome outcome = Outcome.of("leaks", clean);

        assertThat(outcome.out()).isEqualTo(LeaksText.of(Reports.clean()));
        assertThat(outcome.status()).isZero();
    }

    @Test
    void jsonIsTheReportWithTheSameStatus() throws Exception {
        Outcome outcome = Outcome.of("leaks", "--json", leaky);

        assertThat(ReportJson.read(outcome.out())).isEqualTo(Reports.leaky());
        assertThat(outcome.status()).isEqualTo(1);
    }

    @Test
    void noJsonDrawsOnTheTerminal() throws Exception {
        String evil = "\u001b[2J\u009b2J\u202e\u007f\ud83d\ude00";
        Report report = SampleReports.leaking(SampleReports.forgotten(1, 1))
                .program(SampleReports.program(evil, false))
                .sockets(SampleSocket.tcp(7, TcpState.CLOSE_WAIT).build())
                .build();
        String saved = file("evil.json", ReportJson.write(report));

        for (List<String> verb : List.of(
                List.of("leaks", saved),
                List.of("list", saved),
                List.of("explain", saved, "1"),
                List.of("status", saved),
                List.of("diff", saved, saved))) {
            List<String> arguments = new ArrayList<>(verb);
            arguments.add("--json");
            String json = Outcome.of(arguments.toArray(String[]::new)).out();
            assertThat(json).as("%s", verb).hasLineCount(1).matches("[ -~]*\n");
            assertThat(new JsonMapper().readTree(json)).isNotNull();
        }
        assertThat(ReportJson.read(Outcome.of("leaks", "--json", saved).out())).isEqualTo(report);
    }

    @Test
    void fieldsOfALaterVersionSurviveBeingSaved() throws IOException {
        String later = ReportJson.write(Reports.leaky()).replaceFirst("\\{", "{\"later\":\"é\",");
        Path copy = folder.resolve("copy");

        Outcome outcome = Outcome.of("report", file("later.json", later), "-o", copy.toString());

        assertThat(outcome.status()).isZero();
        assertThat(copy).hasContent(later);
    }

    @Test
    void everyVerbReadsAReportOfTheFirstSchema() throws Exception {
        String first = file("first.json", resource("/io/github/sockblame/report/json/schema-1.json"));
        Report report = ReportJson.read(Files.readString(Path.of(first)));
        // the first schema lacks these parts, and an absent part stays absent
        String translated = ReportJson.write(report)
                .replaceAll(
                        ",\"(omitted|byProgram|descriptors|through|watch|stackMemory|program|reduction)\":null", "");
        String present = file("present.json", translated);

        for (List<String> verb : List.of(
                List.of("leaks", first),
                List.of("leaks", first, "--json"),
                List.of("list", first),
                List.of("list", first, "--json"),
                List.of("explain", first, "1"),
                List.of("explain", first, "1", "--json"),
                List.of("status", first),
                List.of("status", first, "--json"),
                List.of("diff", first, first),
                List.of("diff", first, first, "--json"))) {
            Outcome outcome = Outcome.of(verb.toArray(String[]::new));
            Outcome ofPresent = Outcome.of(verb.stream()
                    .map(word -> word.equals(first) ? present : word)
                    .toArray(String[]::new));
            assertThat(outcome.out())
                    .as("%s", verb)
                    .isNotEmpty()
                    .isEqualTo(ofPresent.out().replace(present, first));
            assertThat(outcome.status()).isEqualTo(ofPresent.status());
        }
        Path page = folder.resolve("page.html");
        assertThat(Outcome.of("report", first, "-o", page.toString()).status()).isZero();
        assertThat(Files.readString(page)).contains("com.acme.shop.Shop");
        Path copy = folder.resolve("copy.json");
        assertThat(Outcome.of("report", first, "-o", copy.toString()).status()).isZero();
        assertThat(copy).hasContent(translated);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = SavedReportVerbsTest.class.getResourceAsStream(name)) {
            return new String(requireNonNull(in).readAllBytes(), UTF_8);
        }
    }

    @Test
    void reportIsPrivateAndPrintsItsSize() throws IOException {
        Path copy = folder.resolve("copy.json");

        Outcome outcome = Outcome.of("report", leaky, "-o", copy.toString());

        assertThat(outcome.out())
                .isEqualTo("wrote %s: 1 socket, 1 site, %,d bytes\n".formatted(copy, Files.size(copy)));
        assertThat(outcome.status()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-------");
        assertThat(Outcome.of("leaks", "--json", copy.toString())).isEqualTo(Outcome.of("leaks", "--json", leaky));
    }

    @Test
    void reportToAFileOfThatNameIsAPage() throws IOException {
        Path page = folder.resolve("leaky.HTML");

        Outcome outcome = Outcome.of("report", leaky, "-o", page.toString());

        assertThat(outcome.out())
                .isEqualTo("wrote %s: 1 socket, 1 site, %,d bytes\n".formatted(page, Files.size(page)));
        assertThat(outcome.status()).isZero();
        assertThat(Files.readString(page)).startsWith("<!DOCTYPE html>").contains("shop.PaymentClient.charge");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(page)))
                .isEqualTo("rw-------");
        Outcome.of("report", leaky, "-o", page.toString()).isFailure("leaky.HTML exists", "--force");
        Outcome.of("leaks", page.toString()).isFailure("leaky.HTML is not a Sockblame report");
    }

    @Test
    void reportToATextFileIsTheText() throws IOException {
        Path text = folder.resolve("leaky.txt");

        assertThat(Outcome.of("report", leaky, "-o", text.toString()).status()).isZero();
        assertThat(text).hasContent(LeaksText.of(Reports.leaky()));
        Outcome.of("report", leaky, "-o", folder.resolve("leaky.csv").toString())
                .isFailure("a report is JSON (.json)");
        Outcome.of("report", leaky, "-o", folder + "/").isFailure("is the name of a folder");
    }

    @Test
    void explainIsSuggestedForASiteThatIsShown() throws IOException {
        String fresh = file(
                "fresh.json",
                ReportJson.write(SampleReports.quiet()
                        .sites(SampleReports.bare(1, Verdict.FRESH, 3), SampleReports.bare(2, Verdict.IDLE, 3))
                        .build()));
        String stuck = file(
                "stuck.json",
                ReportJson.write(SampleReports.quiet()
                        .sites(SampleReports.bare(1, Verdict.FRESH, 3), SampleReports.bare(2, Verdict.STUCK, 3))
                        .build()));

        assertThat(Outcome.of("leaks", fresh).out()).doesNotContain("explain");
        assertThat(Outcome.of("leaks", stuck).out()).endsWith("sockblame explain " + stuck + " 2\n");
    }

    @Test
    void reportReplacesOnlyIfForced() throws IOException {
        Path old = Path.of(file("old.json", "precious"));

        Outcome.of("report", leaky, "-o", old.toString()).isFailure("old.json exists", "--force");
        assertThat(old).hasContent("precious");

        assertThat(Outcome.of("report", leaky, "-o", old.toString(), "--force").status())
                .isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(old)))
                .isEqualTo("rw-------");
        assertThat(Outcome.of("leaks", old.toString()).status()).isEqualTo(1);
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void reportReplacesNothingButAPlainFile() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("elsewhere"));

        Outcome.of("report", leaky, "-o", link.toString()).isFailure("exists");
        Outcome.of("report", leaky, "-o", link.toString(), "--force").isFailure("is not a plain file");
        assertThat(folder.resolve("elsewhere")).doesNotExist();
    }

    @Test
    void reportThatCannotBeWrittenIsOneLine() {
        Outcome.of("report", leaky, "-o", folder.resolve("no/such/folder").toString())
                .isFailure("cannot write", "its folder does not exist");
    }

    @Test
    void malformedReportFailsInOneLine() throws IOException {
        Outcome.of("leaks", file("a.json", "{}")).isFailure("a.json is not a Sockblame report");
        Outcome.of("leaks", file("b.json", "PK\u0003\u0004")).isFailure("b.json is not a Sockblame report");
        Path latin = Files.writeString(folder.resolve("c.json"), "{\"schema\":\"\u00e9\"}", ISO_8859_1);
        Outcome.of("leaks", latin.toString()).isFailure("c.json is not a Sockblame report");
        Outcome.of("leaks", file("d.json", "")).isFailure("d.json is not a Sockblame report");
    }

    @Test
    void newerSchemaNamesNeededViewer() throws IOException {
        String newer = ReportJson.write(Reports.leaky()).replace("sockblame/2", "sockblame/3");

        Outcome.of("leaks", file("newer.json", newer))
                .isFailure("schema sockblame/3", "use the sockblame of the agent that wrote it");
    }

    @Test
    void unreadableFileIsOneLine() {
        // Its first page is never mapped, so that reading it fails for everybody, root included.
        Outcome.of("leaks", "/proc/self/mem").isFailure("cannot read /proc/self/mem");
    }

    @Test
    void listHasTheColumnsOfSsAndWhoIsToBlame() {
        Outcome all = Outcome.of("list", leaky);
        assertThat(all.out()).isEqualTo("""
                State       Recv-Q  Send-Q  Local Address:Port  Peer Address:Port  FD  Inode  Age    Verdict    Culprit
                CLOSE-WAIT  1       0       10.0.0.1:50000      10.2.3.4:443       42  4711   1m00s  FORGOTTEN  shop.PaymentClient.charge(PaymentClient.java:7)
                """);
        assertThat(all.status()).isZero();
        assertThat(Outcome.of("list", leaky, "dport", "=", ":443", "and", "state", "close-wait")
                        .out())
                .hasLineCount(2);
        assertThat(Outcome.of("list", leaky, "state", "listening", "sport", "=", ":8080")
                        .out())
                .isEqualTo("no sockets match (1 in total)\n");
        assertThat(Outcome.of("list", leaky, "--json", "fd = 42").out())
                .startsWith("[{")
                .contains("\"fd\":42");
        assertThat(Outcome.of("list", leaky, "--json", "fd = 43").out()).isEqualTo("[]\n");
    }

    @Test
    void aFilterThatIsNotUnderstoodIsOneLine() {
        Outcome.of("list", leaky, "state", "close-weight")
                .isFailure("cannot read the filter at character 7, 'close-weight': no such state");
    }

    @Test
    void userWithoutJmxAddressIsSaidToHaveNoEffect() {
        Outcome outcome = Outcome.of("leaks", leaky, "--user", "ann");
        assertThat(outcome.err()).isEqualTo("sockblame: --user has no effect here, it is for JMX addresses\n");
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(Outcome.of("leaks", leaky, "--password-file", "f").err()).startsWith("sockblame: --password-file");
        assertThat(Outcome.of("leaks", leaky).err()).isEmpty();
        Outcome.of("leaks", "no-such-jvm", "--user", "ann").isFailure("no-such-jvm");
    }

    @Test
    void failOnDecidesTheStatus() {
        Outcome held = Outcome.of("leaks", leaky, "--fail-on", "leaks>=1");
        assertThat(held.out()).endsWith("\nexit status 1: leaks>=1 holds\n").doesNotContain("leaks found\n");
        assertThat(held.status()).isEqualTo(1);

        Outcome free = Outcome.of("leaks", leaky, "--fail-on", "leaks>=2", "--fail-on", "fds>=90%");
        assertThat(free.out()).doesNotContain("exit status");
        assertThat(free.status()).isZero();

        assertThat(Outcome.of("leaks", leaky, "--fail-on", "leaks>=2", "--fail-on=close-wait>=1")
                        .status())
                .isEqualTo(1);
        assertThat(Outcome.of("leaks", "--json", leaky, "--fail-on", "leaks>=2").status())
                .isZero();
        Outcome.of("leaks", leaky, "--fail-on", "leaks").isFailure("'leaks' is no condition", "leaks>=1");
    }

    @Test
    void diffTellsWhatHasGrownAndFailsOnIt() throws Exception {
        Outcome grown = Outcome.of("diff", clean, leaky);
        assertThat(grown.out())
                .contains("NEW   FORGOTTEN   0 -> 1   +1   (site 1 now)\n")
                .endsWith("exit status 1: leaks have grown\n");
        assertThat(grown.status()).isEqualTo(1);

        Outcome healed = Outcome.of("diff", leaky, clean);
        assertThat(healed.out()).contains("GONE   FORGOTTEN   1 -> 0   -1\n");
        assertThat(healed.status()).isZero();

        Outcome json = Outcome.of("diff", "--json", clean, leaky);
        assertThat(json.out())
                .startsWith("{\"before\":{")
                .contains("\"leaksGrew\":true")
                .hasLineCount(1);
        assertThat(json.status()).isEqualTo(1);
    }

    @Test
    void diffInTheWrongOrderIsOneLine() throws Exception {
        Report late = Reports.leaky();
        String earlier = ReportJson.write(late)
                .replace("\"takenAt\":\"2026-03-01T12:00:00Z\"", "\"takenAt\":\"2026-03-01T11:00:00Z\"");
        String old = file("old.json", earlier);

        Outcome.of("diff", leaky, old).isFailure("was taken after", "sockblame diff " + old + " " + leaky);
        assertThat(Outcome.of("diff", old, leaky).out()).contains("1h00m").contains("1 site unchanged");
    }

    @Test
    void aSummaryIsReadByWhatNeedsNoListOfSockets() throws Exception {
        Report whole = Reports.leaky();
        String summary = file("summary.json", ReportJson.write(whole.withoutSockets()));

        assertThat(Outcome.of("leaks", summary).out()).contains("1  FORGOTTEN").contains("explain a site: ");
        assertThat(Outcome.of("explain", summary, "1").out()).contains("FORGOTTEN");
        assertThat(Outcome.of("diff", summary, leaky).out()).contains("1 site unchanged");
        String refusal = "the report is a summary without the list of sockets";
        Outcome.of("list", summary).isFailure(refusal, "save a whole report with sockblame report TARGET -o FILE");
        Outcome.of("explain", summary, "fd=7").isFailure(refusal, "save a whole report");
        String page = summary + ".html";
        Outcome.of("report", summary, "-o", page).isFailure(refusal, "save a whole report");
        assertThat(Path.of(page)).doesNotExist();
    }

    @Test
    void statusTellsHowTheAgentFares() {
        Outcome well = Outcome.of("status", leaky);
        assertThat(well.out())
                .isEqualTo(StatusText.of(Reports.leaky(), TextStyle.PLAIN))
                .endsWith("all well\n");
        assertThat(well.status()).isZero();
        assertThat(Outcome.of("status", "--json", leaky).out())
                .startsWith("{\"allWell\":true,\"problems\":[],\"agentVersion\":\"0.0-fake\"")
                .contains("\"agent\":{\"hooks\"")
                .doesNotContain("\"sites\"");
    }

    @Test
    void atATerminalThereIsColourUnlessItIsNotWanted() {
        assertThat(terminal(Map.of(), "leaks", leaky)).contains("1  \u001b[1;31mFORGOTTEN\u001b[0m");
        assertThat(terminal(Map.of(), "list", leaky)).contains("\u001b[1;31mFORGOTTEN\u001b[0m");
        assertThat(terminal(Map.of(), "explain", leaky, "1")).contains("\u001b[1m");
        assertThat(terminal(Map.of(), "diff", clean, leaky)).contains("\u001b[1;31mNEW\u001b[0m");
        assertThat(terminal(Map.of(), "leaks", leaky, "--no-color")).doesNotContain("\u001b");
        assertThat(terminal(Map.of(), "--no-color", "leaks", leaky)).doesNotContain("\u001b");
        assertThat(terminal(Map.of("NO_COLOR", "1"), "leaks", leaky)).doesNotContain("\u001b");
        assertThat(terminal(Map.of("NO_COLOR", ""), "leaks", leaky)).contains("\u001b");
        assertThat(terminal(Map.of("TERM", "dumb"), "leaks", leaky)).doesNotContain("\u001b");
    }

    @Test
    void narrowTerminalCutsFramesUnlessWide() {
        String frame = "shop.PaymentClient.charge(PaymentClient.java:7)";
        String[] narrow = {"leaks", "--no-color", leaky};
        assertThat(terminal(Map.of("COLUMNS", "50"), narrow))
                .contains("shop.Payment...")
                .contains("(PaymentClient.java:7)")
                .doesNotContain(frame);
        assertThat(terminal(Map.of("COLUMNS", "50"), "leaks", "--no-color", "--wide", leaky))
                .contains(frame);
        assertThat(terminal(Map.of("COLUMNS", "120"), "list", "--no-color", leaky)
                        .lines())
                .allMatch(line -> line.length() <= 140)
                .anyMatch(line -> line.contains("...") && line.endsWith("(PaymentClient.java:7)"));
    }

    private static String terminal(Map<String, String> environment, String... args) {
        Terminal terminal = new Terminal(null, Path.of("/dev/pts/0"), null, environment, ZoneOffset.UTC);
        return Outcome.at(terminal, BundledAgent.ofThisJar(), args).out();
    }

    @Test
    void explainTellsASiteAndASocket() {
        Outcome site = Outcome.of("explain", leaky, "1");
        assertThat(site.out())
                .startsWith(
                        ExplainText.of(Reports.leaky(), Reports.leaky().sites().get(0), TextStyle.PLAIN))
                .contains("what to do: close the connection")
                .endsWith("all sockets with this verdict: sockblame list " + leaky + " verdict forgotten\n");
        assertThat(site.status()).isZero();

        Outcome socket = Outcome.of("explain", leaky, "fd=42");
        assertThat(socket.out())
                .isEqualTo(ExplainText.of(
                        Reports.leaky(), Reports.leaky().sockets().get(0), TextStyle.PLAIN));
        assertThat(socket.status()).isZero();
        assertThat(Outcome.of("explain", leaky, "fd", "=", "42")).isEqualTo(socket);
    }

    @Test
    void explainOfWhatIsNotThereIsOneLine() {
        Outcome.of("explain", leaky, "2").isFailure("no site 2, the report has 1 site", "sockblame leaks " + leaky);
        Outcome.of("explain", leaky, "0").isFailure("no site 0");
        Outcome.of("explain", clean, "1").isFailure("no site 1, the report has 0 sites");
        Outcome.of("explain", leaky, "fd=43").isFailure("no socket with file descriptor 43", "sockblame list " + leaky);
        Outcome.of("explain", leaky, "1", "2").isFailure("'1 2' is more than one site or socket: explain one of them");
        Outcome.of("explain", leaky, "fd=42", "1").isFailure("'fd=42 1' is more than one");
        assertThat(Outcome.of("explain", leaky, "fd", "=", "42").status()).isZero();
        Outcome.of("explain", leaky, "first").isFailure("'first' is neither the number of a site nor fd=NUMBER");
        Outcome.of("explain", leaky).isFailure("WHAT", "see sockblame explain --help");
    }

    @Test
    void aSavedReportCannotBeWatched() {
        Outcome.of("watch", leaky, "1").isFailure("is a saved report", "use the PID or the JMX address of the JVM");
        Outcome.of("detach", leaky).isFailure("is a saved report", "use the PID or the JMX address of the JVM");
    }

    @Test
    void missingFileIsCalledOne() {
        Outcome.of("leaks", folder.resolve("gone.json").toString()).isFailure("no file");
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }
}
