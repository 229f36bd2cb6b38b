// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.sampling.QuickStats;
import io.github.sockblame.report.Event;
import io.github.sockblame.report.FileDescriptors;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleCulprit;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.SampleSite;
import io.github.sockblame.report.SampleSocket;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ActiveAlertsTest {

    private static final Trigger LEAKED = SampleTriggers.of("site-leaks>=10");
    private static final Trigger AGE = SampleTriggers.of("age>=60s");
    private static final Trigger FDS = SampleTriggers.of("fds>=90%");
    private static final Trigger STATE = SampleTriggers.of("close-wait>=10");

    private static Report leaking(Verdict verdict, int count) {
        return SampleReports.leaking(SampleSite.of(verdict, count).build()).build();
    }

    private static Report open(long descriptors) {
        return SampleReports.quiet()
                .fileDescriptors(new FileDescriptors(descriptors, 1000))
                .build();
    }

    private static List<String> lines(ActiveAlerts activeAlerts, Report report) {
        return activeAlerts.update(report).stream().map(Alert::line).toList();
    }

    @Test
    void siteIsRaisedThenDoubledThenResolved() {
        ActiveAlerts activeAlerts = new ActiveAlerts(List.of(LEAKED));
        assertThat(lines(activeAlerts, leaking(Verdict.ABANDONED, 9))).isEmpty();
        assertThat(lines(activeAlerts, leaking(Verdict.ABANDONED, 10)))
                .singleElement()
                .asString()
                .startsWith("alert (site-leaks>=10): ABANDONED, opened at com.acme.pay.PaymentClient.connect(")
                .endsWith("10 open, oldest 42s");
        assertThat(lines(activeAlerts, leaking(Verdict.ABANDONED, 19))).isEmpty();
        assertThat(lines(activeAlerts, leaking(Verdict.ABANDONED, 20)))
                .singleElement()
                .asString()
                .startsWith("alert doubled (site-leaks>=10)");
        assertThat(lines(activeAlerts, leaking(Verdict.ABANDONED, 39))).isEmpty();
        assertThat(activeAlerts.isAnyRaised()).isTrue();
        assertThat(lines(activeAlerts, leaking(Verdict.ABANDONED, 3)))
                .singleElement()
                .asString()
                .startsWith("alert resolved (site-leaks>=10): ABANDONED, opened at com.acme.pay.PaymentClient.connect(")
                .contains("at most 39; it lasted 0s");
        assertThat(activeAlerts.isAnyRaised()).isFalse();
        assertThat(lines(activeAlerts, leaking(Verdict.ABANDONED, 10))).hasSize(1);
    }

    @Test
    void nonLeakRaisesNoAlert() {
        ActiveAlerts activeAlerts = new ActiveAlerts(List.of(LEAKED, AGE));
        assertThat(lines(activeAlerts, leaking(Verdict.STALE, 1000))).isEmpty();
        assertThat(lines(activeAlerts, leaking(Verdict.FRESH, 1000))).isEmpty();
    }

    @Test
    void oldSingleLeakRaisesAnAlert() {
        Report young = SampleReports.leaking(SampleSite.of(Verdict.ABANDONED, 1)
                        .oldestSince(SampleReports.NOW.minusSeconds(59))
                        .build())
                .build();
        Report old = SampleReports.leaking(SampleSite.of(Verdict.ABANDONED, 1)
                        .oldestSince(SampleReports.NOW.minusSeconds(60))
                        .build())
                .build();
        ActiveAlerts activeAlerts = new ActiveAlerts(List.of(AGE));
        assertThat(lines(activeAlerts, young)).isEmpty();
        assertThat(lines(activeAlerts, old)).singleElement().asString().contains("oldest 1m00s");
    }

    @Test
    void nearlyFullProcessRaisesAnAlert() {
        ActiveAlerts activeAlerts = new ActiveAlerts(List.of(FDS));
        assertThat(lines(activeAlerts, open(899))).isEmpty();
        assertThat(lines(activeAlerts, open(900)))
                .containsExactly(
                        "alert (fds>=90%): 900 of 1,000 file descriptors are open, 0 of them sockets, 0 in CLOSE-WAIT;"
                                + " no leaks found");
        assertThat(lines(activeAlerts, open(901))).isEmpty();
        assertThat(lines(activeAlerts, open(10)))
                .singleElement()
                .asString()
                .startsWith("alert resolved (fds>=90%): 10 of 1,000");
    }

    @Test
    void alertWithoutLeakNamesBusiestPlace() {
        Socket here = SampleSocket.tcp(7, TcpState.ESTABLISHED)
                .opened(new Event(SampleReports.NOW, "main", 0))
                .build();
        Socket there = SampleSocket.tcp(8, TcpState.ESTABLISHED)
                .opened(new Event(SampleReports.NOW, "main", 1))
                .build();
        Report report = SampleReports.quiet()
                .fileDescriptors(new FileDescriptors(900, 1000))
                .sockets(there, here, here)
                .build();
        assertThat(lines(new ActiveAlerts(List.of(FDS)), report))
                .singleElement()
                .asString()
                .contains("no leaks found, most sockets were opened at com.acme.pay.PaymentClient.connect(")
                .endsWith(": 2");
    }

    @Test
    void stateAlertNamesWorstSite() {
        ActiveAlerts activeAlerts = new ActiveAlerts(List.of(STATE));
        assertThat(lines(activeAlerts, leaking(Verdict.ABANDONED, 12)))
                .singleElement()
                .asString()
                .startsWith("alert (close-wait>=10): ")
                .contains("12 in CLOSE-WAIT; 12 leaked, most of them: ABANDONED, opened at com.acme.pay");
    }

    @Test
    void quickStatsDecideWhetherTriggerMayHold() {
        QuickStats calm = new QuickStats(Map.of(), 9, 59_999, 899, 1000);
        QuickStats bad = new QuickStats(Map.of(TcpState.CLOSE_WAIT, 10), 10, 60_000, 900, 1000);
        for (Trigger trigger : List.of(LEAKED, AGE, FDS, STATE)) {
            assertThat(trigger.mayHold(calm)).as(trigger.text()).isFalse();
            assertThat(trigger.mayHold(bad)).as(trigger.text()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.sockblame.report.SampleCulprit#all")
    void anAlertNamesTheCulpritOfItsSite(SampleCulprit sample) {
        Report report = sample.report();

        assertThat(AlertText.nameOf(report.sites().get(0), report))
                .startsWith(sample.verdict().word())
                .endsWith(" " + sample.frame());
    }

    @Test
    void sitesOfOneReaderRaiseOneAlertEach() {
        Site.Place reader = new Site.Place(1, 1, List.of(), 0);
        Site opened = SampleSite.of(Verdict.FORGOTTEN, 10).eof(reader).build();
        Site openedElsewhere = SampleSite.of(Verdict.FORGOTTEN, 10)
                .number(2)
                .eof(reader)
                .opened(new Site.Place(1, 1, List.of(), 0))
                .build();
        ActiveAlerts activeAlerts = new ActiveAlerts(List.of(LEAKED));
        Report report =
                SampleReports.leaking(opened).sites(opened, openedElsewhere).build();

        assertThat(lines(activeAlerts, report)).hasSize(2);
        assertThat(lines(activeAlerts, report)).isEmpty();
    }

    @Test
    void newLastUseRaisesNoSecondAlert() {
        Site unused = SampleSite.of(Verdict.ABANDONED, 10).build();
        Site used = SampleSite.of(Verdict.ABANDONED, 10)
                .lastUse(new Site.Place(1, 1, List.of(), 0))
                .build();
        ActiveAlerts activeAlerts = new ActiveAlerts(List.of(LEAKED));

        assertThat(lines(activeAlerts, SampleReports.leaking(unused).build())).hasSize(1);
        assertThat(lines(activeAlerts, SampleReports.leaking(used).build())).isEmpty();
        assertThat(lines(
                        new ActiveAlerts(List.of(LEAKED)),
                        SampleReports.leaking(used).build()))
                .singleElement()
                .asString()
                .contains("ABANDONED, last used at com.acme.pay.PaymentClient.call(");
    }
}
