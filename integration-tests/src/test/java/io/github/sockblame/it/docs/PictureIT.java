// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.Requires;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.harness.Tool;
import io.github.sockblame.it.viewer.ScreenLine;
import io.github.sockblame.it.viewer.TerminalPicture;
import io.github.sockblame.it.viewer.Tmux;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The terminal pictures of the README show what the viewer prints today; {@code make picture} draws them anew. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PictureIT {

    @RegisterExtension
    static final ClassOutcomes TESTS = new ClassOutcomes();

    /** Text by the name of the file. */
    private static final Map<String, String> DRAWN = new TreeMap<>();

    private static final int COLUMNS = 100;
    private static final int LARGEST = 40_000;
    private static final String CALM_PID = "4242";

    /** What is another in each run: who came by, how full this process is, states of what is on its way, when; and the median, told only if it differs. */
    private static final Pattern VARYING =
            Pattern.compile(" {2,}(\\d+ threads?,|thread) .*| {2,}fds .*| \\| .*|, median \\S+|(?<=^answered) .*");

    /** What may be cut out of the middle of a frame. */
    private static final Pattern PACKAGE = Pattern.compile("[\\w.]+\\.([\\w$]+\\.[\\w$]+\\(\\w+\\.java:)");

    private static final Pattern NUMBER = Pattern.compile("\\d[\\d,]*(ms|s|m\\d+s|h\\d+m)?");

    /** Lines of which there are more or fewer on another JDK. */
    private static final Predicate<String> OF_THE_JDK =
            Pattern.compile("(java|jdk)\\.\\S+|\\.\\.\\.( .*)?").asMatchPredicate();

    @Test
    void pictureShowsLeaks() throws Exception {
        Requires.tool(Tool.TMUX);
        try (TargetProcess shop = leakingShop();
                Tmux tmux = terminal(120)) {
            tmux.command("sockblame leaks " + shop.pid());
            Await.until("the prompt again", () -> tmux.screen().stripTrailing().endsWith("\n$"));
            List<ScreenLine> screen = screen(tmux, shop);
            assertThat(screen.get(0).text()).isEqualTo("$ sockblame leaks " + CALM_PID);

            List<String> lines = checkedLines(
                    "leaks",
                    "The head of a report, and below it three sites that leak sockets. The first is FORGOTTEN, 12 connections,"
                            + " certain: PaymentClient.charge saw the peer close and did not close.",
                    toThirdSite(screen.subList(1, screen.size())));

            assertThat(lines)
                    .anyMatch(line -> line.startsWith("1  FORGOTTEN   12 connections to 127.0.0.1:"))
                    .anyMatch(line -> line.contains("PaymentClient.charge(PaymentClient.java:"))
                    .anyMatch(line -> line.startsWith("2  ABANDONED   7 connections to 127.0.0.1:"))
                    .anyMatch(line -> line.contains("ChatServer.onReadable(ChatServer.java:"));
        }
    }

    @Test
    void pictureShowsTop() throws Exception {
        Requires.tool(Tool.TMUX);
        try (TargetProcess shop = leakingShop();
                Tmux tmux = terminal(12)) {
            tmux.command("sockblame top " + shop.pid());
            tmux.await("leaked       24", "PaymentClient.charge", "answered ", "q quit");

            List<String> lines = checkedLines(
                    "top",
                    "A live table of three sites that leak sockets, with how many came in the last minute, and above it a line"
                            + " of bars for what leaked in that time.",
                    screen(tmux, shop));

            assertThat(lines).anyMatch(line -> line.matches("> +1 +12 .* FORGOTTEN +PaymentClient\\.charge\\(.*"));
            tmux.type("q");
        }
    }

    @Test
    void drawingKeepsColumnsAndColours() throws Exception {
        List<ScreenLine> screen = ScreenLine.parse("""
                1  \u001b[1m\u001b[31mWORD\u001b[0m\u001b[39m\u001b[49m   <a> & b
                   \u001b[2mfaint
                \u001b[0;7m> \u2581\u2588\u2588 in\u001b[27m not
                """);
        Path file = Files.writeString(
                TestEnvironment.newFolder("picture").resolve("drawn.svg"),
                TerminalPicture.of("say <it>", "a & b", 20, screen));

        assertThat(screen)
                .map(ScreenLine::text)
                .containsExactly("1  WORD   <a> & b", "   faint", "> \u2581\u2588\u2588 in not");
        assertThat(TerminalPicture.linesOf(file)).containsExactly("1  WORD   <a> & b", "faint", ">  in not");
        assertThat(Files.readString(file))
                .contains(
                        "<text x=\"40\" y=\"55\" textLength=\"32\" class=\"bold red\">WORD</text>",
                        "<text x=\"40\" y=\"72\" textLength=\"40\" class=\"dim\">faint</text>",
                        "<rect x=\"16\" y=\"76\" width=\"64\" height=\"17\"/>",
                        "<text x=\"56\" y=\"89\" textLength=\"24\" class=\"on\"> in</text>",
                        "<text x=\"80\" y=\"89\" textLength=\"32\"> not</text>",
                        "<title id=\"title\">say &lt;it&gt;</title>");
        assertThatThrownBy(() -> ScreenLine.parse("\u001b[5mblinks"))
                .hasMessage("a rendition that no picture shows yet: 5");
        assertThatThrownBy(() -> ScreenLine.parse("up \u001b[1A")).hasMessageStartingWith("more than renditions: ");
    }

    @LastTest
    void picturesAreReadyToPublish() throws Exception {
        NewDocuments.ofThisRun().write(DRAWN, TESTS);
    }

    /** The demo's program by itself, once all that it does is judged. */
    private static TargetProcess leakingShop() throws Exception {
        List<String> command = new ArrayList<>(List.of(TargetJdk.ofThisJvm().java()));
        command.addAll(TargetJvm.SMALL);
        command.addAll(List.of(
                "-javaagent:" + TestEnvironment.agentJar() + "=grace=200ms",
                "-cp",
                TestEnvironment.viewerJar().toString(),
                "io.github.sockblame.viewer.demo.Shop"));
        TargetProcess shop = new TargetProcess(command, true);
        shop.awaitCheckpoint("ready");
        Await.until("all its leaks", () -> shop.report().report().totals().leaked() == 24);
        return shop;
    }

    /** An empty screen, below which the viewer is a command. */
    private static Tmux terminal(int rows) throws Exception {
        Tmux tmux = Tmux.start(COLUMNS, rows);
        tmux.command("sockblame() { '" + TargetJdk.ofThisJvm().java() + "' -jar '" + TestEnvironment.viewerJar()
                + "' \"$@\"; }; PS1='$ '; clear");
        Await.until("an empty screen", () -> tmux.screen().strip().equals("$"));
        return tmux;
    }

    private static List<ScreenLine> screen(Tmux tmux, TargetProcess shop) throws Exception {
        return ScreenLine.parse(tmux.colouredScreen().replaceAll("\\b" + shop.pid() + "\\b", CALM_PID));
    }

    /** Two sites, of the third where it is, and a mark for what is left out. */
    private static List<ScreenLine> toThirdSite(List<ScreenLine> printed) {
        int third = 0;
        while (!printed.get(third).text().startsWith("3  ")) {
            third++;
        }
        List<ScreenLine> shown = new ArrayList<>(printed.subList(0, third + 3));
        shown.add(ScreenLine.of("     ..."));
        return shown;
    }

    /** Draws it, and holds it against the picture that is published. */
    private static List<String> checkedLines(String verb, String meaning, List<ScreenLine> screen) throws Exception {
        String svg = TerminalPicture.of("sockblame " + verb + " " + CALM_PID, meaning, COLUMNS, screen);
        Path drawn = Files.writeString(TestEnvironment.newFolder("picture").resolve(verb + ".svg"), svg);
        List<String> lines = TerminalPicture.linesOf(drawn);

        assertThat(svg)
                .hasSizeLessThan(LARGEST)
                .doesNotContain(
                        "<script",
                        "href",
                        "url(",
                        "@import",
                        TestEnvironment.projectRoot().toString())
                .doesNotContain(System.getProperty("user.home") + "/");
        assertThat(Files.readString(TestEnvironment.projectRoot().resolve("README.md")))
                .contains("](docs/" + verb + ".svg)");
        DRAWN.put(verb + ".svg", svg);
        if (!NewDocuments.ofThisRun().publishing()) {
            Path published = TestEnvironment.projectRoot().resolve("docs/" + verb + ".svg");
            assertThat(published).as("make picture").exists();
            assertThat(stable(TerminalPicture.linesOf(published)))
                    .as("what docs/%s.svg says: make picture", verb)
                    .isEqualTo(stable(lines));
        }
        return lines;
    }

    /** What each run says alike, on each JDK. */
    private static List<String> stable(List<String> lines) {
        return lines.stream()
                .map(line -> VARYING.matcher(line).replaceAll("").strip())
                .filter(line -> !OF_THE_JDK.test(line))
                .map(line -> PACKAGE.matcher(line).replaceAll("$1"))
                .map(line -> NUMBER.matcher(line).replaceAll("N"))
                .map(line -> line.replaceAll("\\s+", " "))
                .toList();
    }
}
