// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.AgentHealth;
import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.FileDescriptors;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.Hook;
import io.github.sockblame.report.HookState;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Program;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.Rescued;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.Source;
import io.github.sockblame.report.Stack;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Totals;
import io.github.sockblame.report.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LeaksTextTest {

    @Test
    void beginsWithTheProgramAndTheSums() {
        Report report = SampleReports.quiet()
                .fileDescriptors(new FileDescriptors(19_871, 20_000))
                .totals(new Totals(
                        19_412,
                        19_398,
                        14,
                        Map.of(
                                TcpState.CLOSE_WAIT, 100,
                                TcpState.ESTABLISHED, 19_171,
                                TcpState.LISTEN, 3,
                                TcpState.CLOSE, 138),
                        16,
                        Map.of(Protocol.TCP, 19_396, Protocol.UDP, 12, Protocol.UNIX, 3, Protocol.OTHER, 1),
                        100))
                .build();

        assertThat(LeaksText.of(report).lines())
                .startsWith(
                        "shop.jar (pid 4242)  up 6h12m  fds 19,871 of 20,000 (99 %)",
                        "sockets 19,412 = 19,398 tracked + 14 untracked | CLOSE-WAIT 100  ESTAB 19,171"
                                + "  UNCONN 138 (no row in ss)  LISTEN 3  UDP 12  Unix 3  other 1",
                        "");
    }

    @Test
    void leavesNoSocketOutOfTheSums() {
        assertThat(sums(1, Map.of(Protocol.TCP, 2)))
                .as("its protocol is known, and the kernel did not tell its state")
                .endsWith(" | LISTEN 1  TCP in unknown state 1");
        assertThat(sums(1, null))
                .as("of a report that does not tell them apart")
                .endsWith(" | LISTEN 1  not TCP 1");
        assertThat(sums(0, Map.of(Protocol.TCP, 1))).endsWith(" | LISTEN 1");
    }

    @Test
    void saysWhatIsUnknownOfDescriptors() {
        assertThat(head(new FileDescriptors(-1, 20_000))).endsWith("  fds unknown");
        assertThat(head(new FileDescriptors(40, -1))).endsWith("  fds 40");
    }

    @Test
    void saysWhenItCameLate() {
        Report report = SampleReports.quiet()
                .program(SampleReports.program("shop.jar", true))
                .build();

        assertThat(LeaksText.of(report))
                .contains("\nattached 11m ago: who opened what was there before is not known\n");
    }

    @Test
    void saysThatThereAreNoLeaks() {
        assertThat(LeaksText.of(SampleReports.quiet().build())).isEqualTo("""
                        shop.jar (pid 4242)  up 6h12m  fds 40 of 1,000 (4 %)
                        sockets 0 = 0 tracked + 0 untracked

                        no leaks found

                        """);
    }

    @Test
    void tellsALeakInOneParagraph() {
        assertThat(LeaksText.of(leaking(SampleReports.forgotten(1, 19_104)).build()))
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
                                 (entry into a library: no frame of this stack is the program's own)
                             kernel: CLOSE-WAIT  Recv-Q 0  Send-Q 0..12,000
                             read returned -1 and no close followed

                        """)
                .doesNotContain("no leaks found");
    }

    @Test
    void tellsALeakOfWhichLittleIsKnown() {
        assertThat(LeaksText.of(leaking(SampleReports.abandoned(1, 1)).build()))
                .contains("""

                        1  ABANDONED   1 connection   oldest 42s   probable
                             the peer closed; nobody has read since
                             opened at:
                               com.acme.pay.PaymentClient.connect(PaymentClient.java:41)
                        """)
                .contains("     kernel: CLOSE-WAIT  Recv-Q unknown  Send-Q unknown\n");
    }

    @Test
    void namesOneRemoteAddressOfAClientAndCountsTheOthers() {
        assertThat(LeaksText.of(leaking(remotes(1)).build())).contains("connections to [2001:db8::1]:443   oldest");
        assertThat(LeaksText.of(leaking(remotes(2)).build())).contains(":443 and 1 other address   oldest");
        assertThat(LeaksText.of(leaking(remotes(1204)).build())).contains(":443 and 1,203 other addresses   oldest");
    }

    @Test
    void aRemoteAddressWithoutAPortIsThatOfAClient() {
        Site bare = SampleReports.bare(1, Verdict.ABANDONED, 2);
        Site accepted = new Site(
                1,
                bare.verdict(),
                bare.confidence(),
                2,
                bare.oldest(),
                bare.states(),
                null,
                null,
                List.of(new Site.RemoteCount(new Endpoint("10.2.3.4", 0), 2)),
                1,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of());
        assertThat(LeaksText.of(leaking(accepted).build())).contains("2 connections from 10.2.3.4:*   oldest");
    }

    @Test
    void printsAStackThatHasNoFrames() {
        Report report = leaking(SampleReports.abandoned(1, 1))
                .stacks(new Stack(List.of(), -1, null))
                .build();

        assertThat(LeaksText.of(report)).contains("     opened at:\n       (no stack)\n     kernel:");
    }

    @Test
    void countsFreshConnectionsAndAccusesNobody() {
        Report report = SampleReports.quiet()
                .totals(new Totals(4, 4, 0, Map.of(TcpState.CLOSE_WAIT, 4), 0, null, 0))
                .sites(SampleReports.bare(1, Verdict.FRESH, 3), SampleReports.bare(2, Verdict.FRESH, 1))
                .build();

        assertThat(LeaksText.of(report))
                .contains("no leaks found\n")
                .contains(
                        "4 connections in CLOSE-WAIT for too short a time to be judged: less than 5s, or twelve times")
                .doesNotContain("FRESH")
                .doesNotContain("PaymentClient");
    }

    @Test
    void showsAFinThatWasSwallowedWithoutCallingItALeak() {
        Report report = SampleReports.quiet()
                .totals(new Totals(1, 1, 0, Map.of(TcpState.CLOSE_WAIT, 1), 0, null, 0))
                .sites(SampleReports.bare(1, Verdict.FIN_SWALLOWED, 1))
                .build();

        assertThat(LeaksText.of(report))
                .contains("no leak is proven; what is said below of 1 connection in CLOSE-WAIT is no accusation\n")
                .doesNotContain("no leaks found")
                .contains("1  FIN SWALLOWED   1 connection ");
    }

    @Test
    void saysWhereUntrackedSocketsCameFrom() {
        assertThat(untracked(Origin.BEFORE_AGENT, Origin.BEFORE_AGENT))
                .isEqualTo("2 untracked sockets: 2 opened before the agent was there");
        assertThat(untracked(Origin.NOT_SEEN))
                .isEqualTo("1 untracked socket: 1 opened by native code (the JDK's own included)");
        assertThat(untracked(Origin.BEFORE_AGENT, Origin.NOT_SEEN, Origin.NOT_SEEN))
                .isEqualTo("3 untracked sockets: 1 opened before the agent was there, "
                        + "2 opened by native code (the JDK's own included)");
        assertThat(untracked(Origin.BEFORE_AGENT, Origin.DUPLICATE))
                .isEqualTo("2 untracked sockets: 1 opened before the agent was there, "
                        + "1 duplicated from another descriptor");
    }

    @Test
    void saysThatNobodyIsKnownForAnUntrackedCloseWait() {
        Report report = SampleReports.quiet()
                .totals(new Totals(2, 0, 2, Map.of(TcpState.CLOSE_WAIT, 2), 0, null, 0))
                .sockets(
                        SampleReports.untracked(5, Origin.BEFORE_AGENT, TcpState.CLOSE_WAIT),
                        SampleReports.untracked(6, Origin.DUPLICATE, TcpState.CLOSE_WAIT))
                .build();

        assertThat(LeaksText.of(report)).contains("; 1 of them in CLOSE-WAIT, by whom is not known\n");
    }

    @Test
    void endsWithWhatTheAgentCouldNotSee() {
        Report report = SampleReports.quiet()
                .agent(new AgentHealth(
                        List.of(
                                new Hook("sun.nio.ch.Net.socket", "open", HookState.WOVEN, null),
                                new Hook("sun.nio.ch.Net.accept", "accept", HookState.MISSING, "no such method"),
                                new Hook("sun.nio.ch.Net.poll", "eof", HookState.MISSING, null)),
                        List.of(
                                new Source("/proc/self/net/tcp", true, null),
                                new Source("/proc/self/net/tcp6", false, "absent"),
                                new Source("/proc/self/fd", false, null)),
                        2,
                        "java.lang.Error: x",
                        1))
                .build();

        assertThat(LeaksText.of(report)).endsWith("""
                        hook missing: sun.nio.ch.Net.accept (accept): its sockets are not seen: no such method
                        hook missing: sun.nio.ch.Net.poll (eof): its sockets are not seen
                        not read: /proc/self/net/tcp6: absent
                        not read: /proc/self/fd
                        1 ledger entry not confirmed by the kernel since start, left out of every total
                        2 errors inside the agent since start; the latest: java.lang.Error: x
                        """);
    }

    @Test
    void saysNothingOfAnErrorThatLeftNoWords() {
        Report report = SampleReports.quiet()
                .agent(new AgentHealth(List.of(), List.of(), 1, null, 3))
                .build();

        assertThat(LeaksText.of(report)).endsWith("""
                        3 ledger entries not confirmed by the kernel since start, left out of every total
                        1 error inside the agent since start
                        """);
    }

    @Test
    void printsNothingThatATerminalWouldObey() {
        String hostile = "x\u001b[2J\u009b31m\nno leaks found\r\u202e";
        Site.Place place = new Site.Place(0, 1, List.of(hostile), 1);
        Site site = new Site(
                1,
                Verdict.FORGOTTEN,
                Confidence.CERTAIN,
                1,
                SampleReports.NOW,
                Map.of(TcpState.CLOSE_WAIT, 1),
                null,
                null,
                List.of(new Site.RemoteCount(new Endpoint(hostile, 1), 1)),
                1,
                place,
                place,
                place,
                place,
                null,
                null,
                null,
                null,
                null,
                List.of(hostile));
        Report report = leaking(site)
                .program(SampleReports.program(hostile, false))
                .stacks(new Stack(List.of(new Frame(hostile, hostile, hostile, 1)), 0, null))
                .agent(new AgentHealth(
                        List.of(new Hook(hostile, hostile, HookState.MISSING, hostile)),
                        List.of(new Source(hostile, false, hostile)),
                        1,
                        hostile,
                        0))
                .build();

        String text = LeaksText.of(report);
        assertThat(text).contains("x?[2J?31m?no leaks found??");
        assertThat(text.replace("\n", "").chars())
                .noneMatch(Character::isISOControl)
                .noneMatch(c -> Character.getType(c) == Character.FORMAT);
        assertThat(text.lines()).doesNotContain("no leaks found");
    }

    private static String sums(int notTcp, @Nullable Map<Protocol, Integer> byProtocol) {
        Totals totals = new Totals(1 + notTcp, 0, 0, Map.of(TcpState.LISTEN, 1), notTcp, byProtocol, 0);
        return LeaksText.of(SampleReports.quiet().totals(totals).build())
                .lines()
                .skip(1)
                .findFirst()
                .orElseThrow();
    }

    private static String head(FileDescriptors fds) {
        return LeaksText.of(SampleReports.quiet().fileDescriptors(fds).build())
                .lines()
                .findFirst()
                .orElseThrow();
    }

    private static SampleReports leaking(Site site) {
        return SampleReports.quiet()
                .totals(new Totals(
                        site.count(),
                        site.count(),
                        0,
                        Map.of(TcpState.CLOSE_WAIT, site.count()),
                        0,
                        null,
                        site.count()))
                .sites(site);
    }

    private static Site remotes(int inAll) {
        Site bare = SampleReports.abandoned(1, 2000);
        return new Site(
                1,
                bare.verdict(),
                bare.confidence(),
                bare.count(),
                bare.oldest(),
                bare.states(),
                null,
                null,
                List.of(new Site.RemoteCount(new Endpoint("2001:db8::1", 443), 1)),
                inAll,
                null,
                bare.opened(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of());
    }

    private static String untracked(Origin... origins) {
        Socket[] sockets = new Socket[origins.length];
        for (int i = 0; i < origins.length; i++) {
            sockets[i] = SampleReports.untracked(i, origins[i], TcpState.ESTABLISHED);
        }
        String text = LeaksText.of(SampleReports.quiet()
                .totals(new Totals(
                        origins.length, 0, origins.length, Map.of(TcpState.ESTABLISHED, origins.length), 0, null, 0))
                .sockets(sockets)
                .build());
        return text.substring(text.indexOf("no leaks found\n\n") + 16).stripTrailing();
    }

    @Test
    void tellsWhatTheCleanerClosedByTheFrameThatOpenedIt() {
        Rescued rescued = new Rescued(
                1_200,
                List.of(new Rescued.RescuedSite(1_024, new Site.Place(0, 1, List.of("main"), 1), SampleReports.NOW)));
        String text = LeaksText.of(SampleReports.quiet().rescued(rescued).build());
        assertThat(text)
                .contains("1,200 sockets collected without close")
                .contains(SampleReports.CONNECT
                                .frames()
                                .get(SampleReports.CONNECT.culprit())
                                .text() + "    1,024 sockets");
        assertThat(LeaksText.of(SampleReports.quiet().build())).doesNotContain("collected without close");
    }

    @Test
    void namesAListenerByTheAddressThatItListensOn() {
        Site bare = SampleReports.bare(1, Verdict.ZOMBIE, 1);
        Site listener = new Site(
                1,
                bare.verdict(),
                bare.confidence(),
                1,
                bare.oldest(),
                Map.of(TcpState.LISTEN, 1),
                null,
                null,
                List.of(new Site.RemoteCount(new Endpoint("127.0.0.1", 8080), 1)),
                1,
                null,
                bare.opened(),
                new Site.Place(1, 1, List.of("main"), 1),
                null,
                null,
                null,
                null,
                null,
                null,
                List.of());
        assertThat(LeaksText.of(leaking(listener).build()))
                .contains("1  ZOMBIE   1 listener on 127.0.0.1:8080")
                .contains("close asked for at:");
    }

    @Test
    void aThreadThatIsStuckStandsFirst() {
        Site bare = SampleReports.bare(1, Verdict.STUCK, 1);
        Site stuck = new Site(
                1,
                Verdict.STUCK,
                Confidence.CERTAIN,
                1,
                bare.oldest(),
                bare.states(),
                null,
                null,
                List.of(),
                0,
                new Site.Place(1, 1, List.of("reader"), 1),
                bare.opened(),
                null,
                null,
                new Site.Place(2, 1, List.of("writer"), 1),
                null,
                null,
                null,
                null,
                List.of());

        assertThat(LeaksText.of(leaking(stuck).build()))
                .containsSubsequence(
                        "1  STUCK   1 connection",
                        "in use, and it does not get on:",
                        "thread writer",
                        "was told that the peer closed:",
                        "thread reader",
                        "opened at:");
    }

    @Test
    void whatIsIdleIsOneLine() {
        Report report = SampleReports.quiet()
                .sites(SampleReports.bare(1, Verdict.IDLE, 3), SampleReports.bare(2, Verdict.IDLE, 2))
                .build();

        assertThat(LeaksText.of(report))
                .contains("no leaks found")
                .contains(
                        "5 connections IDLE: established, and nothing has passed for long, in the longest for 42s: no accusation")
                .doesNotContain("1  IDLE");
    }

    @Test
    void aSiteTellsWhatBecameOfAllThatItsPlaceOpened() {
        Frame release = new Frame("com.acme.Pool", "release", "Pool.java", 77);
        Site.Flow slow = new Site.Flow(41, 1, 40, 5, 4, false, release, 38, 3, Duration.ofSeconds(12));
        assertThat(LeaksText.of(leaking(flowing(slow)).build()))
                .contains("42s, median 30s   +2 in the last minute   probable")
                .contains(
                        "     this place opened 41 and closed 40, 38 of them at com.acme.Pool.release(Pool.java:77);"
                                + " in the last minute 5 and 4; 3 closed only after they had been suspected, the slowest after 12s\n");

        Site.Flow never = new Site.Flow(19_104, 19_104, 0, 51, 0, false, null, 0, 0, null);
        assertThat(LeaksText.of(leaking(flowing(never)).build()))
                .contains("     this place opened 19,104 and closed 0\n");

        Site.Flow sampled = new Site.Flow(5000, 1, 4999, 0, 0, true, release, 4999, 0, null);
        assertThat(LeaksText.of(leaking(flowing(sampled)).build()))
                .contains("opened about 5,000 and closed about 4,999 at com.acme.Pool.release(Pool.java:77)\n");
    }

    private static Site flowing(Site.Flow flow) {
        Site bare = SampleReports.bare(1, Verdict.ABANDONED, 3);
        return new Site(
                1,
                bare.verdict(),
                bare.confidence(),
                bare.count(),
                bare.oldest(),
                bare.states(),
                null,
                null,
                List.of(),
                0,
                null,
                bare.opened(),
                null,
                null,
                null,
                null,
                SampleReports.NOW.minusSeconds(30),
                2,
                flow,
                List.of());
    }

    @Test
    void saysWhenTheDescriptorsAreUsedUp() {
        Site.Flow never = new Site.Flow(3, 3, 0, 2, 0, false, null, 0, 0, null);
        assertThat(LeaksText.of(leaking(flowing(never)).build()))
                .contains("fds 40 of 1,000 (4 %), full in 8h00m at the pace of the last minute\n");
        assertThat(LeaksText.of(leaking(flowing(never))
                        .program(
                                new Program(1, "a", "17", SampleReports.NOW, SampleReports.NOW.minusSeconds(59), false))
                        .build()))
                .as("a program that has just begun")
                .contains("fds 40 of 1,000 (4 %)\n");
    }
}
