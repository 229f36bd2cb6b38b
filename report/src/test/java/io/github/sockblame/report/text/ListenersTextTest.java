// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.ListenDrops;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.SampleSite;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenersTextTest {

    private static final ListenDrops OVERFLOWN =
            new ListenDrops(120, 123, 12, 15, SampleReports.NOW.minusSeconds(3600));

    @Test
    void aListenerWithRoomIsNotMentioned() {
        Report report = SampleReports.quiet()
                .listeners(SampleReports.listener(3, 50, 50), SampleReports.unknown(12))
                .listenDrops(new ListenDrops(120, 123, 0, 0, SampleReports.NOW))
                .build();

        assertThat(LeaksText.of(report)).doesNotContain("listener").doesNotContain("queue");
    }

    @Test
    void aFullQueueIsOneLineBelowTheTotals() {
        Report report = SampleReports.quiet()
                .listeners(SampleReports.listener(51, 50, 50))
                .build();

        assertThat(LeaksText.of(report))
                .contains("untracked\nlistener 127.0.0.1:8080: accept queue full, 51 of 50; accepted 1,204 in all,"
                        + " 3.3 a second now\n\n");
    }

    @Test
    void fullQueueIsRedNamespaceNoteIsFaint() {
        Report report = SampleReports.quiet()
                .listeners(SampleReports.listener(51, 50, 50))
                .listenDrops(OVERFLOWN)
                .build();

        assertThat(LeaksText.of(report, new TextStyle(true, 80, ZoneOffset.UTC)))
                .contains(
                        "\n\u001b[1;31mlistener 127.0.0.1:8080: accept queue full\u001b[0m, 51 of 50; accepted 1,204 in all,")
                .contains(
                        "1h00m\u001b[2m (ListenOverflows; the kernel counts them for the whole namespace)\u001b[0m\n");
    }

    @Test
    void boundedBacklogIsShown() {
        Report report = SampleReports.quiet()
                .listeners(SampleReports.listener(128, 1000, 128))
                .build();

        assertThat(LeaksText.of(report)).contains("full, 128 of 128 (backlog 1,000, bounded by somaxconn); ");
    }

    @Test
    void overflowsOfTheNamespaceAreLast() {
        Report report = SampleReports.quiet()
                .sites(SampleReports.bare(1, Verdict.FRESH, 1))
                .listeners(SampleReports.listener(0, 50, 50))
                .listenDrops(OVERFLOWN)
                .build();

        assertThat(LeaksText.of(report))
                .endsWith(
                        "too early to judge: for less than 1m06s\naccept queues of this network namespace had no room for 12 connections in the last"
                                + " 1h00m (ListenOverflows; the kernel counts them for the whole namespace)\n");
    }

    @Test
    void aProgramThatDoesNotListenHasNoPartInThem() {
        assertThat(LeaksText.of(SampleReports.quiet().listenDrops(OVERFLOWN).build()))
                .doesNotContain("queues");
        assertThat(LeaksText.of(SampleReports.quiet()
                        .withoutListeners()
                        .listenDrops(OVERFLOWN)
                        .build()))
                .doesNotContain("queues");
    }

    @Test
    void unacceptedSiteShowsListenerAndAcceptor() {
        Site site = SampleSite.of(Verdict.UNACCEPTED)
                .confidence(Confidence.CERTAIN)
                .state(TcpState.LISTEN)
                .recvQ(51, 51)
                .sendQ(0, 0)
                .remote(new Endpoint("127.0.0.1", 8080))
                .opened(new Site.Place(2, 1, List.of("main"), 1))
                .current(new Site.Place(0, 1, List.of("http-acceptor"), 1))
                .evidence("evidence: the accept queue holds 51")
                .build();

        assertThat(LeaksText.of(SampleReports.quiet().sites(site).build()))
                .contains("no leaks found\n")
                .contains("1  UNACCEPTED   1 listener on 127.0.0.1:8080   oldest 42s   certain\n")
                .contains("     clients are connected, but the program does not accept them in time\n     opened at:\n")
                .containsPattern("     the acceptor thread is at:\n       .*    thread http-acceptor\n")
                .contains("     kernel: LISTEN  Recv-Q 51  Send-Q 0\n     evidence: the accept queue holds 51\n");
    }
}
