// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.AfterClose;
import io.github.sockblame.report.ClosedByCleaner;
import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Event;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.SampleSite;
import io.github.sockblame.report.SampleSocket;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Stack;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A terminal of 80 columns with colour, and a report whose every frame is longer than that. */
class NarrowTextTest {

    private static final TextStyle NARROW = new TextStyle(true, 80, ZoneOffset.UTC);
    private static final String PACKAGE = "com.acme.shop.checkout.payment.provider.internal.";

    private static final String OPENED_CUT =
            "com.acme.shop.checkout....ientFactoryBean.open(ClientFactoryBean.java:41)";

    private static final Frame OPENED = frame("open", 41);
    private static final Frame CLOSED = frame("release", 77);

    @Test
    void noFrameIsPrintedWholeThatDoesNotFit() {
        Report report = report();

        assertThat(LeaksText.of(report, TextStyle.PLAIN)).contains(OPENED.text(), CLOSED.text());
        assertThat(whole(LeaksText.of(report, NARROW))).isEmpty();
        assertThat(ExplainText.of(report, report.sites().get(0), TextStyle.PLAIN))
                .contains(OPENED.text(), CLOSED.text());
        assertThat(whole(ExplainText.of(report, report.sites().get(0), NARROW))).isEmpty();
        assertThat(whole(ExplainText.of(report, report.sockets().get(0), NARROW)))
                .isEmpty();
        assertThat(whole(StatusText.of(report, NARROW))).isEmpty();
    }

    @Test
    void openingPlaceOfClosedConnectionsFitsBoldLine() {
        assertThat(LeaksText.of(report(), NARROW))
                .contains("     opened at:\n       \u001b[1m" + OPENED_CUT + "\u001b[0m\n     closed at:\n");
    }

    @Test
    void cleanerClosedCulpritFitsLineWithCount() {
        String text = LeaksText.of(report(), NARROW);

        String cut = "com.acme.shop.check...ryBean.open(ClientFactoryBean.java:41)";
        assertThat("       " + cut + "    3 sockets").hasSize(80);
        assertThat(text).contains("       \u001b[1m" + cut + "\u001b[0m    3 sockets\n");
    }

    @Test
    void jdkFrameWithoutCulpritIsCutNotBold() {
        Report report = SampleReports.quiet()
                .stacks(new Stack(List.of(OPENED), -1, null))
                .closedByCleaner(rescued(12))
                .build();

        assertThat(LeaksText.of(report, NARROW))
                .contains("       com.acme.shop.chec...ryBean.open(ClientFactoryBean.java:41)    12 sockets\n");
    }

    @Test
    void closingPlaceFitsLine() {
        Site.Flow flow = new Site.Flow(41, 1, 40, 0, 0, false, CLOSED, 40, 0, null);

        assertThat(FlowText.of(flow, NARROW, 5))
                .isEqualTo("this place opened 41 and closed 40 at com.acme.sho...lientFactoryBean.java:77)");
        assertThat(FlowText.of(flow, TextStyle.PLAIN, 5))
                .isEqualTo("this place opened 41 and closed 40 at " + CLOSED.text());
    }

    private static List<String> whole(String text) {
        return text.lines()
                .filter(line -> line.contains(OPENED.text()) || line.contains(CLOSED.text()))
                .toList();
    }

    private static Report report() {
        Site site = SampleSite.of(Verdict.ABANDONED)
                .eof(place())
                .closing(place())
                .listener(place())
                .lastUse(place())
                .flow(new Site.Flow(41, 1, 40, 5, 4, false, CLOSED, 38, 0, null))
                .build();
        Event event = new Event(SampleReports.NOW.minusSeconds(60), "main", 0);
        AfterClose.ClosedSite closed = SampleReports.timeWait(31_204);
        return SampleReports.leaking(site)
                .stacks(new Stack(List.of(OPENED, CLOSED), 0, null), new Stack(List.of(CLOSED), 0, null))
                .sockets(SampleSocket.tcp(42, TcpState.CLOSE_WAIT)
                        .opened(event)
                        .eof(event)
                        .judged(Verdict.ABANDONED, Confidence.PROBABLE, 1)
                        .build())
                .closedByCleaner(rescued(3))
                .afterClose(new AfterClose(Map.of(TcpState.TIME_WAIT, 31_204), Map.of(), true, List.of(closed), 1))
                .build();
    }

    private static ClosedByCleaner rescued(int count) {
        return new ClosedByCleaner(count, List.of(new ClosedByCleaner.CleanerClosedSite(count, place(), null)));
    }

    private static Site.Place place() {
        return new Site.Place(0, 1, List.of(), 0);
    }

    private static Frame frame(String method, int line) {
        return new Frame(PACKAGE + "ClientFactoryBean", method, "ClientFactoryBean.java", line);
    }
}
