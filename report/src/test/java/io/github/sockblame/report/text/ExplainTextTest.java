// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Event;
import io.github.sockblame.report.Listener;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.SampleSite;
import io.github.sockblame.report.SampleSocket;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The story of a site and of a socket. */
class ExplainTextTest {

    private static final Instant NOW = SampleReports.NOW;
    private static final Endpoint LOCAL = new Endpoint("10.0.0.1", 50000);
    private static final Endpoint REMOTE = new Endpoint("10.2.3.4", 443);

    @Test
    void siteIsExplainedByOldestConnection() {
        Site site = SampleSite.of(Verdict.FORGOTTEN, 2)
                .confidence(Confidence.CERTAIN)
                .remotes(
                        40,
                        new Site.RemoteCount(REMOTE, 1, null),
                        new Site.RemoteCount(new Endpoint("10.2.3.9", 443), 1, null))
                .eof(new Site.Place(1, 1, List.of(), 0))
                .flow(new Site.Flow(2, 2, 0, 0, 0, false, null, 0, 0, null))
                .evidence("read returned -1 and no close followed")
                .build();
        Report report = SampleReports.leaking(site)
                .sockets(forgotten(43, 10).build(), forgotten(42, 40).build())
                .build();

        assertThat(ExplainText.of(report, site, TextStyle.PLAIN)).isEqualTo("""
                shop.jar (pid 4242)  report of 2026-03-01 12:00:00.123+00:00; ages are relative to that time

                1  FORGOTTEN   2 connections to 10.2.3.4:443 and 39 other addresses   oldest 42s   certain
                     saw the peer close, and did not close
                     what to do: close the connection where EOF is read, in a finally block or with try-with-resources
                     culprit: com.acme.pay.PaymentClient.call(PaymentClient.java:88)
                     this place opened 2 and closed 0
                     kernel: CLOSE-WAIT  Recv-Q unknown  Send-Q unknown
                     read returned -1 and no close followed
                     addresses: 1 at 10.2.3.4:443, 1 at 10.2.3.9:443, and 38 more

                timeline of the oldest, fd 42, inode 1042, TCP 10.0.0.1:50000 -> 10.2.3.4:443:
                  2026-03-01 11:58:20.123+00:00  1m40s ago  opened    thread main
                       java.net.Socket.connect(Socket.java:633)
                     > com.acme.pay.PaymentClient.connect(PaymentClient.java:41)    <- culprit frame
                       com.acme.pay.PaymentClient.call(PaymentClient.java:80)
                       com.acme.shop.Checkout.pay(Checkout.java:12)
                       com.acme.shop.Checkout.submit(Checkout.java:13)
                       com.acme.shop.Web.post(Web.java:14)
                       com.acme.shop.Web.service(Web.java:15)
                       java.lang.Thread.run(Thread.java:833)
                  2026-03-01 11:59:20.123+00:00  40s ago  seen in CLOSE-WAIT for the first time; it may have been in this state earlier
                  2026-03-01 11:59:30.123+00:00  30s ago  a read returned -1: the peer has closed    thread reader
                       java.net.Socket$SocketInputStream.read(Socket.java:966)
                     > com.acme.pay.PaymentClient.call(PaymentClient.java:88)    <- culprit frame
                not seen:
                     a close request
                     its last use (recorded only while a connection is in CLOSE-WAIT)
                """);
    }

    @Test
    void connectionIsExplainedWithListenerAndSite() {
        Socket socket = forgotten(42, 40)
                .origin(Origin.ACCEPTED)
                .queues(1L, 0L)
                .listenerOpened(new Event(NOW.minusSeconds(300), "main", 2))
                .lastUse(new Event(NOW.minusSeconds(20), "worker", 1))
                .lastUsedAt(NOW.minusSeconds(5))
                .closing(new Event(NOW.minusSeconds(4), "main", 0))
                .weight(12)
                .build();
        Report report = SampleReports.leaking(SampleReports.forgotten(1, 3))
                .sockets(socket)
                .build();

        assertThat(ExplainText.of(report, socket, TextStyle.PLAIN))
                .containsSubsequence(
                        "FORGOTTEN   fd 42, inode 1042, TCP 10.0.0.1:50000 -> 10.2.3.4:443   certain\n",
                        "what to do: close",
                        "kernel: CLOSE-WAIT  Recv-Q 1  Send-Q 0\n",
                        "represents about 12 sockets, because of capture.budget",
                        "it is one of 3 sockets of site 1\n",
                        "     read returned -1 and no close followed\n",
                        "5m00s ago  the listener that accepted it was opened    thread main\n",
                        "     > org.apache.tomcat.util.net.NioEndpoint.bind(Unknown Source)    <- a library; no frame is the program's\n",
                        "accepted    thread main\n",
                        "20s ago  the last read or write that the agent saw    thread worker\n",
                        "(the same stack as of: a read returned -1: the peer has closed)\n",
                        "5s ago  last read or write; its thread was not seen\n",
                        "close was requested    thread main\n",
                        "(the same stack as of: accepted)\n")
                .doesNotContain("not seen:");
    }

    @Test
    void missingEventsAreListed() {
        Socket untracked = SampleReports.untracked(9, Origin.BEFORE_AGENT, TcpState.ESTABLISHED);
        Report report = SampleReports.quiet().sockets(untracked).build();

        assertThat(ExplainText.of(report, untracked, TextStyle.PLAIN)).endsWith("""
                fd 9, inode 1009, TCP of unknown address
                     no problem found
                     kernel: ESTAB  Recv-Q unknown  Send-Q unknown

                timeline:
                not seen:
                     its opening: it was opened before the agent started
                     a read that returned EOF
                     a close request
                     its last use (recorded only while a connection is in CLOSE-WAIT)
                     the time since which it is in ESTAB
                """);
    }

    @Test
    void aListenerTellsItsQueueAndItsLatestAccept() {
        Socket socket = SampleSocket.tcp(11, TcpState.LISTEN)
                .addresses(new Endpoint("127.0.0.1", 8080), null)
                .opened(new Event(NOW.minusSeconds(300), "main", 2))
                .stateSince(NOW.minusSeconds(42))
                .judged(Verdict.UNACCEPTED, Confidence.CERTAIN, null)
                .build();
        Listener listener = new Listener(
                11,
                socket.local(),
                51L,
                50,
                50,
                1204L,
                0.5,
                socket.opened(),
                new Event(NOW.minusSeconds(60), "acceptor", 1),
                Map.of(),
                0,
                NOW.minusSeconds(42));
        Report report =
                SampleReports.quiet().sockets(socket).listeners(listener).build();

        assertThat(ExplainText.of(report, socket, TextStyle.PLAIN))
                .contains("UNACCEPTED   fd 11, inode 1011, TCP 127.0.0.1:8080, a listener   certain\n")
                .contains("accept queue 51 of 50, backlog 50; accepted 1,204 in all\n")
                .contains("1m00s ago  the latest accept from it    thread acceptor\n")
                .contains("42s ago  since then it has been UNACCEPTED\n")
                .contains("42s ago  since then its accept queue was at least 80 % full in each sample\n");
    }

    @Test
    void siteWithoutSocketsIsExplainedWithoutTimes() {
        Site site = SampleReports.forgotten(1, 3);
        Report report = SampleReports.leaking(site).build();

        assertThat(ExplainText.of(report, site, TextStyle.PLAIN))
                .containsSubsequence("""
                this report has no sockets of the site; the site itself, without times:
                  the listener that accepted it was opened
                """, "\n  accepted\n", "\n  the program read EOF\n");
    }

    @Test
    void textOfTheProgramCannotDrawOnTheTerminal() {
        Socket socket = forgotten(42, 40)
                .opened(new Event(NOW.minusSeconds(50), "evil\u001b[2J", 0))
                .build();
        Report report = SampleReports.leaking(SampleReports.bare(1, Verdict.FORGOTTEN, 1))
                .sockets(socket)
                .build();

        assertThat(ExplainText.of(report, socket, TextStyle.PLAIN))
                .contains("thread evil?[2J\n")
                .doesNotContain("\u001b");
    }

    private static SampleSocket forgotten(int fd, int seconds) {
        return SampleSocket.tcp(fd, TcpState.CLOSE_WAIT)
                .addresses(LOCAL, REMOTE)
                .opened(new Event(NOW.minusSeconds(100), "main", 0))
                .eof(new Event(NOW.minusSeconds(30), "reader", 1))
                .stateSince(NOW.minusSeconds(seconds))
                .judged(Verdict.FORGOTTEN, Confidence.CERTAIN, 1);
    }
}
