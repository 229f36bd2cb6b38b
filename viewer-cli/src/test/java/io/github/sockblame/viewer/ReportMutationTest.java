// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.json.ReportFormatException;
import io.github.sockblame.report.json.ReportJson;
import io.github.sockblame.report.text.ExplainText;
import io.github.sockblame.report.text.LeaksText;
import io.github.sockblame.report.text.StatusText;
import io.github.sockblame.report.text.TextStyle;
import io.github.sockblame.viewer.command.ListTable;
import io.github.sockblame.viewer.diff.Comparison;
import io.github.sockblame.viewer.diff.ComparisonText;
import io.github.sockblame.viewer.html.HtmlPage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Each verb answers a changed report, or refuses it in one line. Nothing in it reaches the terminal as a command. */
class ReportMutationTest {

    private static final long SEED = 20260301;
    private static final int MUTANTS = 300;
    private static final int MUTANTS_OF_VERBS = 8;
    private static final JsonMapper MAPPER = new JsonMapper();

    private static final List<String> HOSTILE_VALUES = List.of(
            "null",
            "true",
            "-1",
            "0",
            "1.5",
            "2147483647",
            "-2147483648",
            "4294967296",
            "9007199254740992",
            "9223372036854775807",
            "-9223372036854775808",
            "99999999999999999999999999",
            "1e400",
            "1e999999999",
            "\"\"",
            "\"NaN\"",
            "\"-Infinity\"",
            "\"\\u001b[31mred\\u0007\\r\\n\\u009b2J\"",
            "\"\\u202Egnp.exe\\u2066\\u200f\"",
            "\"\\ud800\"",
            "\"</script><script>alert(1)</script>\"",
            "\"" + "x".repeat(20_000) + "\"",
            "\"+1000000000-12-31T23:59:59.999999999Z\"",
            "\"-1000000000-01-01T00:00:00Z\"",
            "\"1970-01-01T00:00:00Z\"",
            "\"9999-12-31T23:59:59.999999999Z\"",
            "\"PT2562047788015215H30M7.999999999S\"",
            "\"PT-2562047788015215H\"",
            "\"P365250D\"",
            "[]",
            "{}",
            "[null]",
            "[[]]",
            "[".repeat(31) + "]".repeat(31),
            "[".repeat(2000) + "]".repeat(2000));

    @TempDir
    Path folder = Path.of("");

    private final Random random = new Random(SEED);
    private final String original = ReportJson.write(SampleReports.complete());

    @Test
    void everyMutantIsRenderedOrRefusedInOneLine() throws Exception {
        int rendered = 0;
        for (int number = 0; number < MUTANTS; number++) {
            String mutant = mutant();
            try {
                rendered += isRendered(mutant) ? 1 : 0;
            } catch (Throwable e) {
                throw new AssertionError("mutant " + number + " of seed " + SEED + ": " + mutant, e);
            }
        }
        assertThat(rendered)
                .as("mutants that pass the checks and reach the text")
                .isBetween(MUTANTS / 10, MUTANTS);
    }

    /** The same over the command line, for fewer mutants: to read the arguments takes longer than to read a report. */
    @Test
    void everyVerbAnswersAMutantOrRefusesItInOneLine() throws Exception {
        String sound = Files.writeString(folder.resolve("sound.json"), original).toString();
        for (int number = 0; number < MUTANTS_OF_VERBS; number++) {
            String mutant = mutant();
            String file =
                    Files.writeString(folder.resolve("mutant.json"), mutant).toString();
            for (List<String> verb : List.of(
                    List.of("leaks", file),
                    List.of("list", file),
                    List.of("explain", file, "1"),
                    List.of("status", file),
                    List.of("diff", file, sound),
                    List.of("diff", "--json", file, sound),
                    List.of("report", file, "-o", folder.resolve("page.html").toString(), "--force"))) {
                try {
                    check(Outcome.of(verb.toArray(String[]::new)));
                } catch (Throwable e) {
                    throw new AssertionError(
                            verb.get(0) + " of mutant " + number + " of seed " + SEED + ": " + mutant, e);
                }
            }
        }
    }

    /** Renders a mutant in each way; false if the reader refuses it. */
    private boolean isRendered(String mutant) throws Exception {
        Report report;
        try {
            report = ReportJson.read(mutant);
        } catch (ReportFormatException e) {
            String line = String.valueOf(e.getMessage());
            assertHarmless(line);
            assertThat(line).isNotBlank().hasLineCount(1).hasSizeLessThan(1000);
            return false;
        }
        assertHarmless(LeaksText.of(report));
        assertHarmless(StatusText.of(report, TextStyle.PLAIN));
        assertHarmless(ListTable.text(report, report.sockets(), TextStyle.PLAIN));
        for (Site site : report.sites()) {
            assertHarmless(ExplainText.of(report, site, TextStyle.PLAIN));
        }
        for (Socket socket : report.sockets()) {
            assertHarmless(ExplainText.of(report, socket, TextStyle.PLAIN));
        }
        Report sound = SampleReports.complete();
        for (Comparison comparison : List.of(Comparison.of(report, sound), Comparison.of(sound, report))) {
            assertHarmless(ComparisonText.of(comparison, TextStyle.PLAIN));
        }
        assertHarmless(HtmlPage.of(report));
        return true;
    }

    private static void check(Outcome outcome) {
        assertHarmless(outcome.out());
        assertHarmless(outcome.err());
        if (outcome.status() == 2 && !outcome.err().isEmpty()) {
            outcome.isFailure("sockblame: ");
            assertThat(outcome.err()).doesNotContain("unexpected");
        } else {
            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out()).isNotEmpty(); // a report without verdicts has the status 2 and an answer
        }
    }

    private static void assertHarmless(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean harmless = c == '\n' || (!Character.isISOControl(c) && Character.getType(c) != Character.FORMAT);
            if (!harmless) {
                throw new AssertionError(
                        "U+" + Integer.toHexString(c) + " after " + text.substring(Math.max(0, i - 100), i));
            }
        }
    }

    private String mutant() {
        if (random.nextInt(20) == 0) {
            return original.substring(0, random.nextInt(original.length()));
        }
        JsonNode tree = MAPPER.readTree(original);
        int changes = 1 + random.nextInt(2);
        List<String> values = new ArrayList<>();
        for (int i = 0; i < changes; i++) {
            change(tree, values);
        }
        String text = tree.toString();
        for (int i = 0; i < values.size(); i++) {
            text = text.replace("\"MARK" + i + "\"", values.get(i));
        }
        return text;
    }

    /** Changes one part of the tree. A value that a tree cannot hold becomes a mark in it, and follows in the text. */
    private void change(JsonNode tree, List<String> values) {
        List<JsonNode> parents = new ArrayList<>();
        collect(tree, parents);
        JsonNode parent = parents.get(random.nextInt(parents.size()));
        int child = random.nextInt(parent.size());
        int kind = random.nextInt(6);
        String mark = "MARK" + values.size();
        if (parent instanceof ObjectNode object) {
            String name = List.copyOf(object.propertyNames()).get(child);
            if (kind == 0) {
                object.remove(name);
            } else if (kind == 1) {
                object.set(List.copyOf(object.propertyNames()).get(random.nextInt(object.size())), object.get(name));
            } else {
                object.put(name, mark);
                values.add(HOSTILE_VALUES.get(random.nextInt(HOSTILE_VALUES.size())));
            }
        } else if (parent instanceof ArrayNode array) {
            if (kind == 0) {
                array.remove(child);
            } else if (kind == 1) {
                array.add(array.get(child));
            } else {
                array.set(child, mark);
                values.add(HOSTILE_VALUES.get(random.nextInt(HOSTILE_VALUES.size())));
            }
        }
    }

    private static void collect(JsonNode node, List<JsonNode> parents) {
        if (!node.isEmpty()) {
            parents.add(node);
        }
        for (JsonNode each : node) {
            collect(each, parents);
        }
    }
}
