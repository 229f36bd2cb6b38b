// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Program;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.SampleSite;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Totals;
import io.github.sockblame.report.Verdict;
import io.github.sockblame.report.text.LeaksText;
import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.FetchedReport;
import io.github.sockblame.viewer.connect.SampleFetchedReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the screen shows after which keys, without a terminal. */
class TopSessionTest {

    private static final String GONE = "process 4242 is not there: sockblame ps lists the JVMs of this machine";

    private long now = TimeUnit.HOURS.toNanos(1);
    private final TopModel model = new TopModel(reading(report()), Duration.ofSeconds(2), now);

    @Test
    void headEqualsHeadOfLeaks() {
        List<String> lines = screen(120, 24);

        assertThat(String.join("\n", lines)).startsWith(LeaksText.head(report()));
        assertThat(lines).hasSize(24);
        assertThat(lines.get(2)).matches("leaked +26 .*# last 1m00s");
        assertThat(lines.get(3)).matches("sockets +30 .*# last 1m00s");
        assertThat(lines.get(4)).matches("    # +count +\\+/min +oldest +verdict +culprit");
        assertThat(lines.get(22)).isEqualTo("answered 0s ago  by growth");
        assertThat(lines.get(23)).startsWith("q quit  Enter explain");
    }

    @Test
    void aRowTellsASiteWithItsGrowth() {
        assertThat(rows())
                .containsExactly(
                        ">   2       6      +6     42s  ABANDONED     com.acme.pay.PaymentClient.connect(PaymentClient.java:41)",
                        "    1      20      +1   6h02m  FORGOTTEN     com.acme.pay.PaymentClient.call(PaymentClient.java:88)",
                        "    3       4       ?     42s  FIN SWALLOWED unknown, 10.9.9.9:80");
    }

    @Test
    void keysOrderTheSites() {
        press("c");
        assertThat(counts()).containsExactly("20", "6", "4");
        assertThat(screen()).contains("by count");
        press("g");
        assertThat(counts()).as("leaks first, then by growth").containsExactly("6", "20", "4");
        press("a");
        assertThat(counts()).containsExactly("20", "6", "4");
        assertThat(screen()).contains("by age");
        press("x");
        assertThat(screen()).contains("unknown key");
    }

    @Test
    void aFilterLeavesTheSitesThatHaveItsText() {
        press("/FORGO");
        assertThat(screen()).contains("filter: FORGO_");
        assertThat(counts()).containsExactly("20");
        model.onKey(Key.of(Key.Kind.ENTER));
        assertThat(screen()).contains("filter 'FORGO'");

        press("/TTEN!");
        assertThat(screen()).contains("no site matches 'FORGOTTEN!'");
        model.onKey(Key.of(Key.Kind.BACKSPACE));
        assertThat(counts()).containsExactly("20");
        model.onKey(Key.of(Key.Kind.ESCAPE));
        assertThat(counts()).hasSize(3);
        press("/10.9.9");
        model.onKey(Key.of(Key.Kind.ENTER));
        assertThat(counts()).as("addresses, too").containsExactly("4");
        model.onKey(Key.of(Key.Kind.ESCAPE));
        assertThat(counts()).hasSize(3);
    }

    @Test
    void theSelectionStaysAtItsSite() {
        model.onKey(Key.of(Key.Kind.DOWN));
        assertThat(selected()).contains("FORGOTTEN");
        press("c");
        assertThat(selected()).as("in another order").contains("FORGOTTEN");
        hear(SampleReports.leaking(forgotten().number(1).build()).build());
        assertThat(selected()).as("in another report").contains("FORGOTTEN");
        hear(report());
        model.onKey(Key.of(Key.Kind.PAGE_DOWN));
        assertThat(selected()).contains("FIN SWALLOWED");
        press("k");
        assertThat(selected()).contains("ABANDONED");
        model.onKey(Key.of(Key.Kind.PAGE_UP));
        assertThat(selected()).contains("FORGOTTEN");
    }

    @Test
    void enterExplainsASiteAsLeaksDoes() {
        press("c");
        model.onKey(Key.of(Key.Kind.ENTER));
        String paragraph = LeaksText.site(report(), report().sites().get(0));
        assertThat(paragraph).contains("saw the peer close, and did not close:");

        assertThat(screen()).contains(paragraph.strip());
        hear(SampleReports.quiet().build());
        assertThat(screen()).contains("This site no longer exists");
        hear(report());
        assertThat(screen()).contains(paragraph.strip());
        model.onKey(Key.of(Key.Kind.ESCAPE));
        assertThat(counts()).hasSize(3);
    }

    @Test
    void aLongParagraphIsScrolledToItsEndAndNoFurther() {
        press("c");
        model.onKey(Key.of(Key.Kind.ENTER));
        String all = screen();
        for (int i = 0; i < 50; i++) {
            model.onKey(Key.of(Key.Kind.DOWN));
            assertThat(screen(40, 10)).hasSizeLessThanOrEqualTo(10);
        }
        String end = String.join("\n", screen(40, 10));
        assertThat(all).contains("read returned -1");
        assertThat(end).contains("read returned -1");
        model.onKey(Key.of(Key.Kind.UP));
        assertThat(String.join("\n", screen(40, 10))).as("at once").isNotEqualTo(end);
    }

    @Test
    void freezingKeepsWhatIsShown() {
        press(" ");
        hear(SampleReports.quiet().build());
        assertThat(counts()).hasSize(3);
        assertThat(screen()).contains("FROZEN at 12:00:00Z");
        assertThat(model.shownReport().report())
                .as("and this is what is written")
                .isEqualTo(report());
        press(" ");
        assertThat(screen()).contains("no sites in this report").doesNotContain("FROZEN");
        model.onKey(Key.of(Key.Kind.ENTER));
        assertThat(screen()).contains("no site to explain");
    }

    @Test
    void fileNameIsReadAndTakenOnce() {
        press("wshop.jsonn");
        model.onKey(Key.of(Key.Kind.BACKSPACE));
        assertThat(screen()).contains("write the report to: shop.json_");
        assertThat(model.takeFileToWrite()).isNull();
        model.onKey(Key.of(Key.Kind.ENTER));
        assertThat(model.takeFileToWrite()).isEqualTo("shop.json");
        assertThat(model.takeFileToWrite()).isNull();
        model.showMessage("wrote shop.json");
        assertThat(screen()).contains("wrote shop.json");

        press("wother");
        model.onKey(Key.of(Key.Kind.ESCAPE));
        assertThat(model.takeFileToWrite()).isNull();
        press("w");
        model.onKey(Key.of(Key.Kind.ENTER));
        assertThat(model.takeFileToWrite()).as("no name, no file").isNull();
    }

    @Test
    void helpTellsTheKeys() {
        press("?");
        assertThat(screen()).contains("sort by growth in the last minute", "write a new report");
        press("x");
        assertThat(counts()).hasSize(3);
    }

    @Test
    void aJvmThatDiesKeepsItsLastScreen() {
        hear(report());
        now += TimeUnit.SECONDS.toNanos(7);
        model.onAnswer(PollResult.failed(new CannotAnswerException(GONE), now));

        assertThat(counts()).hasSize(3);
        assertThat(screen()).contains("NO ANSWER for 7s, this is the latest report", "process 4242 is not there");
        assertThat(model.failure()).isEqualTo(GONE);
        hear(report());
        assertThat(model.failure()).isNull();
        assertThat(screen()).doesNotContain("NO ANSWER");
        model.onAnswer(PollResult.failed(new IllegalStateException("ours"), now));
        assertThat(model.failure()).contains("IllegalStateException", "ours");
    }

    @Test
    void slowAnswerShowsItsAge() {
        now += TimeUnit.SECONDS.toNanos(3);
        assertThat(screen()).contains("answered 3s ago  by");
        now += TimeUnit.SECONDS.toNanos(9);
        assertThat(screen()).contains("answered 12s ago, waiting");
    }

    @Test
    void anotherProgramBeginsANewLine() {
        Report other = SampleReports.quiet()
                .program(new Program(7, "shop.jar", "17", SampleReports.NOW, SampleReports.NOW, false))
                .build();
        hear(other);
        assertThat(screen()).contains("the program was started again");
        assertThat(model.trend().values(Trend.Point::sockets, SampleReports.NOW, 1))
                .containsExactly(0);
    }

    @Test
    void quits() {
        press("q");
        assertThat(model.isOver()).isTrue();
        TopModel explaining = new TopModel(reading(report()), Duration.ofSeconds(2), now);
        explaining.onKey(Key.of(Key.Kind.ENTER));
        explaining.onKey(Key.typing('q'));
        assertThat(explaining.isOver()).isTrue();
        TopModel typing = new TopModel(reading(report()), Duration.ofSeconds(2), now);
        typing.onKey(Key.typing('/'));
        typing.onKey(Key.typing('q'));
        assertThat(typing.isOver()).as("that is text").isFalse();
        typing.onKey(Key.of(Key.Kind.INTERRUPT));
        assertThat(typing.isOver()).isTrue();
    }

    @Test
    void fitsIntoAnyTerminal() {
        List<Key> views = List.of(Key.of(Key.Kind.ESCAPE), Key.of(Key.Kind.ENTER), Key.typing('?'));
        for (Key view : views) {
            model.onKey(Key.of(Key.Kind.ESCAPE));
            model.onKey(view);
            for (int columns = 0; columns < 130; columns += 3) {
                for (int rows = 0; rows < 40; rows++) {
                    List<String> lines = screen(columns, rows);
                    int width = columns;
                    assertThat(lines).hasSizeLessThanOrEqualTo(rows).allMatch(line -> line.length() <= width);
                }
            }
        }
        assertThat(screen(80, 24)).hasSize(24);
        model.onKey(Key.of(Key.Kind.ESCAPE));
        assertThat(String.join("\n", screen(50, 12)))
                .contains("> ", "PaymentClient.connect", "culprit")
                .doesNotContain("verdict");
    }

    @Test
    void theSelectedSiteIsInSight() {
        Site[] many = new Site[60];
        for (int i = 0; i < many.length; i++) {
            many[i] = SampleSite.of(Verdict.FORGOTTEN, 100 - i)
                    .number(i + 1)
                    .opened(null)
                    .remote(new Endpoint("10.0.0." + i, 80))
                    .build();
        }
        hear(SampleReports.quiet().sites(many).build());
        press("c");
        for (int i = 0; i < 59; i++) {
            model.onKey(Key.of(Key.Kind.DOWN));
        }
        assertThat(selected()).contains("10.0.0.59:80");
        for (int i = 0; i < 30; i++) {
            model.onKey(Key.of(Key.Kind.UP));
        }
        assertThat(selected()).contains("10.0.0.29:80");
    }

    @Test
    void textFromOutsideCannotDrawOnTheTerminal() {
        String hostile = "\u001b[31m";
        hear(SampleReports.quiet()
                .program(SampleReports.program(hostile, false))
                .sites(SampleSite.of(Verdict.FORGOTTEN)
                        .opened(null)
                        .remote(new Endpoint("::" + hostile, 80))
                        .evidence(hostile)
                        .build())
                .build());
        model.showMessage(hostile);
        checkPrintable();
        model.onKey(Key.of(Key.Kind.ENTER));
        checkPrintable();
        model.onKey(Key.of(Key.Kind.ESCAPE));
        press("/" + hostile);
        checkPrintable();
        model.onAnswer(PollResult.failed(new CannotAnswerException(hostile), now));
        checkPrintable();
    }

    private void checkPrintable() {
        assertThat(screen(100, 30)).allMatch(line -> line.chars().noneMatch(Character::isISOControl));
    }

    private void press(String keys) {
        keys.chars().forEach(key -> model.onKey(Key.typing((char) key)));
    }

    private void hear(Report report) {
        model.onAnswer(PollResult.of(reading(report), now));
    }

    private String screen() {
        return String.join("\n", screen(120, 40));
    }

    private List<String> screen(int columns, int rows) {
        return TopScreen.of(model, columns, rows, false, now).stream()
                .map(Line::text)
                .toList();
    }

    /** The lines of the table without its head. */
    private List<String> rows() {
        List<String> lines = screen(120, 24);
        int head = lines.indexOf(lines.stream()
                .filter(line -> line.contains("+/min"))
                .findFirst()
                .orElseThrow());
        return lines.subList(head + 1, lines.size() - 2).stream()
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private List<String> counts() {
        return rows().stream()
                .filter(line -> line.matches("[> ] +\\d.*"))
                .map(line -> line.substring(2).strip().split(" +", -1)[1])
                .collect(Collectors.toList());
    }

    private String selected() {
        return rows().stream().filter(line -> line.startsWith("> ")).collect(Collectors.joining("and"));
    }

    private static FetchedReport reading(Report report) {
        return SampleFetchedReport.of(report);
    }

    private static SampleSite forgotten() {
        return SampleSite.of(Verdict.FORGOTTEN, 20)
                .oldestSince(SampleReports.NOW.minus(Duration.ofMinutes(362)))
                .eof(new Site.Place(1, 1, List.of("http-*"), 14))
                .remote(new Endpoint("10.2.3.4", 443))
                .inLastMinute(1)
                .evidence("read returned -1 on each of them");
    }

    private static Report report() {
        return SampleReports.quiet()
                .totals(new Totals(30, 30, 0, Map.of(TcpState.CLOSE_WAIT, 30), 0, null, 26, null))
                .sites(
                        forgotten().number(1).build(),
                        SampleSite.of(Verdict.ABANDONED, 6)
                                .number(2)
                                .inLastMinute(6)
                                .build(),
                        SampleSite.of(Verdict.FIN_SWALLOWED, 4)
                                .number(3)
                                .opened(null)
                                .remote(new Endpoint("10.9.9.9", 80))
                                .build())
                .build();
    }
}
