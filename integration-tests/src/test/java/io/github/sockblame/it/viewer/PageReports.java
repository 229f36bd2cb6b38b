// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.viewer;

import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Event;
import io.github.sockblame.report.FileDescriptors;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.History;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.SampleSite;
import io.github.sockblame.report.SampleSocket;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.Stack;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Totals;
import io.github.sockblame.report.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Reports to be shown as a page: a large one as of a server in trouble, and one whose every name is an attack. */
final class PageReports {

    static final int SOCKETS = 19_000;
    static final int UNTRACKED = 14;
    static final int FORGOTTEN = 16_400;
    static final int ABANDONED = 1_108;
    static final int IDLE = 400;
    static final int STACKS = 60;

    /** Script, markup, quotes, and a character that turns the direction of what follows. */
    static final String HOSTILE =
            "</script><script>window.hacked=1</script><img src=x onerror=window.hacked=1>\"'`&lt;\u202e";

    private static final Instant NOW = SampleReports.NOW;
    private static final Endpoint PAY = new Endpoint("10.2.3.4", 443);
    private static final Endpoint PRICES = new Endpoint("10.2.3.9", 5432);

    private PageReports() {}

    /** A sample for each minute of the last hour. */
    private static History.Sample[] lastHour() {
        History.Sample[] samples = new History.Sample[60];
        for (int i = 0; i < samples.length; i++) {
            int minute = samples.length - i;
            int leaked = FORGOTTEN - 250 * minute;
            samples[i] = new History.Sample(
                    NOW.minusSeconds(60L * minute),
                    leaked + 1200,
                    leaked,
                    Map.of(TcpState.ESTABLISHED, 1000 + minute * 37 % 90, TcpState.CLOSE_WAIT, leaked));
        }
        return samples;
    }

    static Report large() {
        List<Stack> stacks = new ArrayList<>(List.of(
                stack("com.acme.pay.PaymentClient", "call", 88, 0),
                stack("com.acme.prices.PriceFeed", "subscribe", 24, 1)));
        for (int i = stacks.size(); i < STACKS; i++) {
            stacks.add(stack("com.acme.shop.page" + i % 7 + ".Client" + i, "connect", 10 + i, i));
        }
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < SOCKETS; i++) {
            sockets.add(socket(i));
        }
        int established = SOCKETS - UNTRACKED - FORGOTTEN - ABANDONED;
        return SampleReports.quiet()
                .fileDescriptors(new FileDescriptors(19_471, 20_000))
                .totals(new Totals(
                        SOCKETS,
                        SOCKETS - UNTRACKED,
                        UNTRACKED,
                        Map.of(TcpState.CLOSE_WAIT, FORGOTTEN + ABANDONED, TcpState.ESTABLISHED, established),
                        UNTRACKED,
                        Map.of(Protocol.TCP, SOCKETS - UNTRACKED, Protocol.OTHER, UNTRACKED),
                        FORGOTTEN + ABANDONED,
                        new Totals.UntrackedDetail(
                                Map.of(Origin.BEFORE_AGENT, UNTRACKED / 2, Origin.NOT_SEEN, UNTRACKED / 2), 0)))
                .sites(
                        SampleSite.of(Verdict.FORGOTTEN, FORGOTTEN)
                                .confidence(Confidence.CERTAIN)
                                .oldestSince(NOW.minusSeconds(21_700))
                                .medianSince(NOW.minusSeconds(9_000))
                                .inLastMinute(51)
                                .recvQ(0, 0)
                                .sendQ(0, 0)
                                .remote(PAY)
                                .eof(new Site.Place(0, 3, List.of("http-nio-8080-exec-*"), 14))
                                .opened(new Site.Place(2, 1, List.of("http-nio-8080-exec-*"), 14))
                                .flow(new Site.Flow(FORGOTTEN, FORGOTTEN, 0, 51, 0, false, null, 0, 0, null))
                                .evidence(
                                        "evidence: read returned -1 on each of them, no close was requested since, and the kernel still has them in CLOSE-WAIT")
                                .build(),
                        SampleSite.of(Verdict.ABANDONED, ABANDONED)
                                .number(2)
                                .oldestSince(NOW.minusSeconds(660))
                                .inLastMinute(0)
                                .recvQ(1, 22)
                                .remote(PRICES)
                                .opened(new Site.Place(1, 1, List.of("prices-*"), 2))
                                .evidence(
                                        "evidence: Recv-Q holds data that the program has not read, and the FIN behind it")
                                .build(),
                        SampleSite.of(Verdict.IDLE, IDLE)
                                .number(3)
                                .state(TcpState.ESTABLISHED)
                                .oldestSince(NOW.minusSeconds(86_400))
                                .inLastMinute(3)
                                .remote(new Endpoint("10.9.0.1", 6379))
                                .opened(new Site.Place(3, 1, List.of("cache-*"), 2))
                                .build())
                .stacks(stacks.toArray(Stack[]::new))
                .sockets(sockets.toArray(Socket[]::new))
                .history(lastHour())
                .build();
    }

    private static Socket socket(int i) {
        int fd = 40 + i;
        Endpoint local = new Endpoint("10.0.0.1", 1024 + i);
        if (i < FORGOTTEN) {
            return SampleSocket.tcp(fd, TcpState.CLOSE_WAIT)
                    .addresses(local, PAY)
                    .queues(0L, 0L)
                    .opened(event(i, 2))
                    .eof(event(i, 0))
                    .stateSince(since(i))
                    .judged(Verdict.FORGOTTEN, Confidence.CERTAIN, 1)
                    .build();
        }
        if (i < FORGOTTEN + ABANDONED) {
            return SampleSocket.tcp(fd, TcpState.CLOSE_WAIT)
                    .addresses(local, PRICES)
                    .queues(22L, 0L)
                    .opened(event(i, 1))
                    .stateSince(since(i))
                    .judged(Verdict.ABANDONED, Confidence.PROBABLE, 2)
                    .build();
        }
        if (i >= SOCKETS - UNTRACKED) {
            return SampleReports.untracked(fd, i % 2 == 0 ? Origin.BEFORE_AGENT : Origin.NOT_SEEN, null);
        }
        boolean idle = i < FORGOTTEN + ABANDONED + IDLE;
        return SampleSocket.tcp(fd, TcpState.ESTABLISHED)
                .addresses(local, new Endpoint("10.9.0." + (1 + i % 200), 6379))
                .queues(0L, 0L)
                .opened(event(i, idle ? 3 : 4 + i % (STACKS - 4)))
                .stateSince(since(i))
                .judged(idle ? Verdict.IDLE : Verdict.NONE, Confidence.POSSIBLE, idle ? 3 : null)
                .build();
    }

    private static Event event(int i, int stack) {
        return new Event(since(i), "http-nio-8080-exec-" + i % 14, stack);
    }

    private static Instant since(int i) {
        return NOW.minusSeconds(1 + (long) i * i % 21_600);
    }

    /** As deep as those of a web server: the JDK's frames, the program's own, a framework's, the thread's. */
    private static Stack stack(String className, String method, int line, int number) {
        String file = className.substring(className.lastIndexOf('.') + 1) + ".java";
        List<Frame> frames = new ArrayList<>(List.of(
                new Frame("sun.nio.ch.Net", "socket", "Net.java", 524),
                new Frame("sun.nio.ch.NioSocketImpl", "create", "NioSocketImpl.java", 451),
                new Frame("java.net.Socket", "connect", "Socket.java", 633),
                new Frame(className, method, file, line),
                new Frame(className, "open", file, line + 20),
                new Frame("com.acme.shop.Checkout" + number % 5, "pay", "Checkout.java", 12),
                new Frame("com.acme.shop.Web", "service", "Web.java", 15)));
        for (int i = 0; i < 20; i++) {
            frames.add(new Frame("org.apache.catalina.core.Filter" + i, "doFilter", "Filter.java", 100 + i));
        }
        frames.add(new Frame("java.util.concurrent.ThreadPoolExecutor", "runWorker", "ThreadPoolExecutor.java", 1136));
        frames.add(new Frame("java.lang.Thread", "run", "Thread.java", 840));
        return new Stack(frames, 3, null);
    }

    static Report hostile() {
        Endpoint remote = new Endpoint(HOSTILE, 443);
        Event event = new Event(NOW.minusSeconds(60), HOSTILE, 0);
        Site.Place place = new Site.Place(0, 2, Collections.nCopies(3, HOSTILE), 14);
        return SampleReports.leaking(SampleSite.of(Verdict.FORGOTTEN)
                        .remotes(2, new Site.RemoteCount(remote, 1, null), new Site.RemoteCount(PAY, 1, null))
                        .eof(place)
                        .opened(place)
                        .evidence(HOSTILE)
                        .build())
                .program(SampleReports.program(HOSTILE, true))
                .agentVersion(HOSTILE)
                .stacks(new Stack(List.of(new Frame(HOSTILE, HOSTILE, HOSTILE, 1)), 0, null))
                .sockets(SampleSocket.tcp(7, TcpState.CLOSE_WAIT)
                        .addresses(remote, remote)
                        .opened(event)
                        .eof(event)
                        .judged(Verdict.FORGOTTEN, Confidence.CERTAIN, 1)
                        .build())
                .build();
    }
}
