// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.AgentHealth;
import io.github.sockblame.report.Hook;
import io.github.sockblame.report.HookState;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleReports;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long lines on a terminal. */
class WrappedTextTest {

    @Test
    void shortLineIsUnchanged() {
        assertThat(WrappedText.lines("  a b", 5)).containsExactly("  a b");
        assertThat(WrappedText.lines("", 5)).containsExactly("");
        assertThat(WrappedText.of("a  b\n\nc\n", 5)).isEqualTo("a  b\n\nc\n");
    }

    @Test
    void theRestHasAHangingIndent() {
        assertThat(WrappedText.lines("  one two three four", 11))
                .containsExactly("  one two", "     three", "     four");
        assertThat(WrappedText.lines("one two three four five", 14)).containsExactly("one two three", "    four five");
    }

    @Test
    void columnsStayApartAndABreakReplacesTheirGap() {
        assertThat(WrappedText.lines("1  WORD   12 connections   oldest 3s", 20))
                .containsExactly("1  WORD   12", "    connections", "    oldest 3s");
    }

    @Test
    void aWordIsNeverBroken() {
        assertThat(WrappedText.lines("see com.acme.pay.PaymentClient.call for it", 16))
                .containsExactly("see", "    com.acme.pay.PaymentClient.call", "    for it");
        assertThat(WrappedText.lines("0123456789", 4)).containsExactly("0123456789");
    }

    @Test
    void escapeSequencesTakeNoColumns() {
        assertThat(WrappedText.lines("\u001b[1mone two\u001b[0m three", 13))
                .containsExactly("\u001b[1mone two\u001b[0m three");
    }

    @Test
    void renditionGoesOnAfterTheIndent() {
        assertThat(WrappedText.lines("a \u001b[2mfaintest words\u001b[0m end", 13))
                .containsExactly("a \u001b[2mfaintest\u001b[0m", "    \u001b[2mwords\u001b[0m end");
    }

    @Test
    void unlimitedWidthChangesNothing() {
        String text = "a ".repeat(500) + "\n";

        assertThat(WrappedText.of(text, TextStyle.UNLIMITED)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 200})
    void wholeReportFitsTheTerminal(int width) {
        Report report = report();
        TextStyle style = new TextStyle(false, width, ZoneOffset.UTC);

        for (List<String> texts : List.of(
                List.of(LeaksText.of(report, style), LeaksText.of(report)),
                List.of(
                        ExplainText.of(report, report.sites().get(0), style),
                        ExplainText.of(report, report.sites().get(0), TextStyle.PLAIN)),
                List.of(
                        ExplainText.of(report, report.sockets().get(0), style),
                        ExplainText.of(report, report.sockets().get(0), TextStyle.PLAIN)),
                List.of(StatusText.of(report, style), StatusText.of(report, TextStyle.PLAIN)))) {
            assertThat(texts.get(0).lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(width));
            List<String> words = words(texts.get(1));
            assertThat(words(texts.get(0)))
                    .as("no word is broken, but a frame may lose its middle")
                    .hasSameSizeAs(words)
                    .allMatch(word -> words.contains(word) || word.contains("..."));
        }
    }

    private static Report report() {
        Report rich = SampleReports.complete();
        return rich.toBuilder()
                .agent(new AgentHealth(
                        List.of(new Hook("sun.nio.ch.Net.accept", "accept", HookState.MISSING, "no such method")),
                        List.of(),
                        0,
                        null,
                        0,
                        null,
                        null))
                .build();
    }

    private static List<String> words(String text) {
        return new ArrayList<>(Arrays.asList(text.strip().split("\\s+")));
    }
}
