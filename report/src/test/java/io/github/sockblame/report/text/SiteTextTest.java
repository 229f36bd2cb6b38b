// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.OmittedFrames;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.SampleSite;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Stack;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The paragraph of a site: what it is called, where it was opened and what happened there. */
class SiteTextTest {

    @Test
    void tellsALeakInOneParagraph() {
        assertThat(LeaksText.of(SampleReports.leaking(SampleReports.forgotten(1, 19_104))
                        .build()))
                .contains("""

                        1  FORGOTTEN   19,104 connections from 10.2.3.4:443 and 1 other address   oldest 6h02m   certain
                             saw the peer close, and did not close:
                               com.acme.pay.PaymentClient.call(PaymentClient.java:88)    14 threads, http-nio-8080-exec-*
                                 2 other stacks lead here
                             accepted at:
                               com.acme.pay.PaymentClient.connect(PaymentClient.java:41)    thread main
                                 com.acme.pay.PaymentClient.call(PaymentClient.java:80)
                                 com.acme.shop.Checkout.pay(Checkout.java:12)
                                 com.acme.shop.Checkout.submit(Checkout.java:13)
                                 com.acme.shop.Web.post(Web.java:14)
                                 ... 2 more frames
                             by a listener opened at:
                               org.apache.tomcat.util.net.NioEndpoint.bind(Unknown Source)
                                 (a library: the stack has no frame of the program)
                             kernel: CLOSE-WAIT  Recv-Q 0  Send-Q 0..12,000
                             read returned -1 and no close followed

                        """)
                .doesNotContain("no leaks found");
    }

    @Test
    void lastUsePrecedesOpening() {
        Site used = SampleSite.of(Verdict.ABANDONED, 2)
                .lastUse(new Site.Place(1, 1, List.of("worker"), 1))
                .build();
        assertThat(LeaksText.of(SampleReports.leaking(used).build())).contains("""
                             the peer closed; the program has not read since
                             last used at:
                               com.acme.pay.PaymentClient.call(PaymentClient.java:88)    thread worker
                             opened at:
                        """);
    }

    @Test
    void leakWithFewFactsIsPrinted() {
        assertThat(LeaksText.of(
                        SampleReports.leaking(SampleReports.abandoned(1, 1)).build()))
                .contains("""

                        1  ABANDONED   1 connection   oldest 42s   probable
                             the peer closed; the program has not read since
                             opened at:
                               com.acme.pay.PaymentClient.connect(PaymentClient.java:41)
                        """)
                .contains("     kernel: CLOSE-WAIT  Recv-Q unknown  Send-Q unknown\n");
    }

    @Test
    void namesOneRemoteAddressOfAClientAndCountsTheOthers() {
        assertThat(LeaksText.of(SampleReports.leaking(remotes(1)).build()))
                .contains("connections to [2001:db8::1]:443   oldest");
        assertThat(LeaksText.of(SampleReports.leaking(remotes(2)).build()))
                .contains(":443 and 1 other address   oldest");
        assertThat(LeaksText.of(SampleReports.leaking(remotes(1204)).build()))
                .contains(":443 and 1,203 other addresses   oldest");
    }

    @Test
    void aRemoteAddressWithoutAPortIsThatOfAClient() {
        Site accepted = SampleSite.of(Verdict.ABANDONED, 2)
                .remote(new Endpoint("10.2.3.4", 0))
                .opened(null)
                .build();

        assertThat(LeaksText.of(SampleReports.leaking(accepted).build()))
                .contains("2 connections from 10.2.3.4:*   oldest");
    }

    @Test
    void printsAStackThatHasNoFrames() {
        Report report = SampleReports.leaking(SampleReports.abandoned(1, 1))
                .stacks(new Stack(List.of(), -1, null))
                .build();

        assertThat(LeaksText.of(report)).contains("     opened at:\n       (no stack was captured)\n     kernel:");
    }

    @Test
    void printsTheGapsOfAStackAndCountsTheirFrames() {
        assertThat(openedAt(SampleReports.CUT)).contains("""
                       com.acme.rule.Engine.fire(Engine.java:90)
                         com.acme.rule.Engine.walk(Engine.java:40)
                         ... 640 frames omitted
                         com.acme.pool.Pool.take(Pool.java:7)
                         ... 1 frame omitted
                         java.lang.Thread.run(Thread.java:833)
                """);
        List<Frame> frames = Collections.nCopies(9, SampleReports.CUT.frames().get(1));
        assertThat(openedAt(new Stack(frames, 0, null, List.of(new OmittedFrames(7, 640)))))
                .contains("         ... 644 more frames\n");
    }

    @Test
    void printsTheLibraryThroughWhichTheCulpritWent() {
        assertThat(openedAt(SampleReports.THROUGH)).contains("""
                       com.acme.pay.PaymentClient.call(PaymentClient.java:80)
                         through okhttp3.internal.connection.RealConnection.connectSocket(RealConnection.kt:295)
                         com.acme.shop.Checkout.pay(Checkout.java:12)
                """);
    }

    private static String openedAt(Stack stack) {
        return LeaksText.of(SampleReports.leaking(SampleReports.abandoned(1, 1))
                .stacks(stack)
                .build());
    }

    @Test
    void namesAListenerByTheAddressThatItListensOn() {
        Site listener = SampleSite.of(Verdict.ZOMBIE)
                .state(TcpState.LISTEN)
                .remote(new Endpoint("127.0.0.1", 8080))
                .closing(new Site.Place(1, 1, List.of("main"), 1))
                .build();

        assertThat(LeaksText.of(SampleReports.leaking(listener).build()))
                .contains("1  ZOMBIE   1 listener on 127.0.0.1:8080")
                .contains("close requested at:");
    }

    @Test
    void aThreadThatIsStuckStandsFirst() {
        Site stuck = SampleSite.of(Verdict.STUCK)
                .eof(new Site.Place(1, 1, List.of("reader"), 1))
                .current(new Site.Place(2, 1, List.of("writer"), 1))
                .build();

        assertThat(LeaksText.of(SampleReports.leaking(stuck).build()))
                .containsSubsequence(
                        "1  STUCK   1 connection",
                        "in use, but without progress:",
                        "thread writer",
                        "read EOF at:",
                        "thread reader",
                        "opened at:");
    }

    private static Site remotes(int inAll) {
        return SampleSite.of(Verdict.ABANDONED, 2000)
                .remotes(inAll, new Site.RemoteCount(new Endpoint("2001:db8::1", 443), 1, null))
                .build();
    }
}
