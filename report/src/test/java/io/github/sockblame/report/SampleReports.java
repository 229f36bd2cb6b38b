// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds reports for tests: {@link #quiet()} is the one of an idle program, and what is set after that differs. */
public final class SampleReports {

    /** When every sample was taken. */
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456789Z");

    /** Connect in the program's own code: frame 1 is the culprit. */
    public static final Stack CONNECT = new Stack(
            List.of(
                    new Frame("java.net.Socket", "connect", "Socket.java", 633),
                    new Frame("com.acme.pay.PaymentClient", "connect", "PaymentClient.java", 41),
                    new Frame("com.acme.pay.PaymentClient", "call", "PaymentClient.java", 80),
                    new Frame("com.acme.shop.Checkout", "pay", "Checkout.java", 12),
                    new Frame("com.acme.shop.Checkout", "submit", "Checkout.java", 13),
                    new Frame("com.acme.shop.Web", "post", "Web.java", 14),
                    new Frame("com.acme.shop.Web", "service", "Web.java", 15),
                    new Frame("java.lang.Thread", "run", "Thread.java", 833)),
            1,
            null);

    /** The read that returned -1. */
    public static final Stack EOF = new Stack(
            List.of(
                    new Frame("java.net.Socket$SocketInputStream", "read", "Socket.java", 966),
                    new Frame("com.acme.pay.PaymentClient", "call", "PaymentClient.java", 88)),
            1,
            null);

    /** A listener that only library code opened. */
    public static final Stack NO_CULPRIT = new Stack(
            List.of(
                    new Frame("sun.nio.ch.Net", "bind0", null, -2),
                    new Frame("org.apache.tomcat.util.net.NioEndpoint", "bind", null, -1)),
            -1,
            1);

    /** A deep stack with two gaps. */
    public static final Stack CUT = new Stack(
            List.of(
                    new Frame("com.acme.rule.Engine", "fire", "Engine.java", 90),
                    new Frame("com.acme.rule.Engine", "walk", "Engine.java", 40),
                    new Frame("com.acme.pool.Pool", "take", "Pool.java", 7),
                    new Frame("java.lang.Thread", "run", "Thread.java", 833)),
            0,
            null,
            List.of(new OmittedFrames(2, 640), new OmittedFrames(3, 1)));

    /** A connect through a library. */
    public static final Stack THROUGH = new Stack(
            List.of(
                    new Frame("java.net.Socket", "connect", "Socket.java", 633),
                    new Frame("okhttp3.internal.connection.RealConnection", "connectSocket", "RealConnection.kt", 295),
                    new Frame("okhttp3.internal.connection.RealCall", "execute", "RealCall.kt", 154),
                    new Frame("com.acme.pay.PaymentClient", "call", "PaymentClient.java", 80),
                    new Frame("com.acme.shop.Checkout", "pay", "Checkout.java", 12)),
            3,
            null,
            null,
            1);

    private final Report.Builder builder = Report.builder()
            .schema(Report.SCHEMA)
            .agentVersion("0.1.0")
            .takenAt(NOW)
            .grace(Duration.ofMillis(5500))
            .program(program("shop.jar", false))
            .fileDescriptors(new FileDescriptors(40, 1000))
            .totals(new Totals(0, 0, 0, Map.of(), 0, Map.of(), 0, null))
            .closedByCleaner(new ClosedByCleaner(0, List.of()))
            .agent(new AgentHealth(List.of(), List.of(), 0, null, 0, null, null))
            .stacks(List.of(CONNECT, EOF, NO_CULPRIT))
            .listeners(List.of());

    private SampleReports() {}

    /** No socket, no site, nothing to complain of; three stacks: {@link #CONNECT}, {@link #EOF}, {@link #NO_CULPRIT}. */
    public static SampleReports quiet() {
        return new SampleReports();
    }

    /** These sites and nothing else; their connections are in CLOSE_WAIT. */
    public static SampleReports leaking(Site... sites) {
        int count = 0;
        int leaked = 0;
        for (Site site : sites) {
            count += site.count();
            leaked += site.verdict().isLeak() ? site.count() : 0;
        }
        return quiet().totals(new Totals(count, count, 0, Map.of(TcpState.CLOSE_WAIT, count), 0, null, leaked, null))
                .sites(sites);
    }

    /** A report in which every field is filled at least once, and every nullable one is null at least once. */
    public static Report rich() {
        return quiet().stacks(CONNECT, EOF, NO_CULPRIT, CUT, THROUGH)
                .totals(new Totals(
                        5,
                        4,
                        1,
                        Map.of(TcpState.CLOSE_WAIT, 3, TcpState.LISTEN, 1),
                        1,
                        Map.of(Protocol.TCP, 4, Protocol.UDP, 1),
                        3,
                        new Totals.UntrackedDetail(Map.of(Origin.NOT_SEEN, 1), 1)))
                .program(program("shop.jar", true))
                .sites(forgotten(1, 2), abandoned(2, 1))
                .closedByCleaner(new ClosedByCleaner(
                        3,
                        List.of(
                                new ClosedByCleaner.CleanerClosedSite(2, new Site.Place(0, 1, List.of("main"), 1), NOW),
                                new ClosedByCleaner.CleanerClosedSite(1, new Site.Place(2, 1, List.of(), 0), null))))
                .sockets(
                        SampleSocket.tcp(7, TcpState.CLOSE_WAIT)
                                .inode(4_294_967_295L)
                                .addresses(new Endpoint("10.2.3.5", 40312), new Endpoint("2001:db8::1", 443))
                                .queues(1L, 0L)
                                .origin(Origin.ACCEPTED)
                                .opened(event(0))
                                .listenerOpened(event(2))
                                .eof(event(1))
                                .closeNotify(event(1))
                                .closing(event(1))
                                .stateSince(NOW.minusSeconds(70))
                                .judged(Verdict.FORGOTTEN, Confidence.CERTAIN, 1)
                                .build(),
                        untracked(9, Origin.NOT_SEEN, null))
                .agent(new AgentHealth(
                        List.of(
                                new Hook("sun.nio.ch.Net.socket", "open", HookState.WOVEN, null),
                                new Hook("sun.nio.ch.Net.accept", "accept", HookState.MISSING, "no such method")),
                        List.of(
                                new Source("/proc/self/net/tcp", true, null),
                                new Source("/proc/self/net/tcp6", false, "absent")),
                        2,
                        "java.lang.IllegalStateException: x",
                        3,
                        new TraceHealth(1204, 3, "the disk is full"),
                        new CaptureHealth(0.02, 812, NOW.minusSeconds(90), NOW.minusSeconds(2)),
                        new WatchHealth(
                                NOW.minusSeconds(41),
                                NOW.minusSeconds(40),
                                Duration.ofMillis(1250),
                                Duration.ofSeconds(17),
                                List.of("a JMX listener has not returned for 38s")),
                        new StackMemory(10L << 20, 9L << 20, 31, 2),
                        List.of(
                                new ProgramPackage("com.acme", ProgramPackageSource.MAIN_CLASS),
                                new ProgramPackage("org.acme.web", ProgramPackageSource.WEB_INF))))
                .listeners(
                        new Listener(
                                11,
                                new Endpoint("::", 8080),
                                51L,
                                50,
                                50,
                                1204L,
                                0.5,
                                event(2),
                                event(1),
                                Map.of(TcpState.ESTABLISHED, 49, TcpState.CLOSE_WAIT, 2),
                                0,
                                NOW.minusSeconds(42)),
                        unknown(12))
                .listenDrops(new ListenDrops(120, 123, 12, 15, NOW.minusSeconds(3600)))
                .afterClose(new AfterClose(
                        Map.of(TcpState.TIME_WAIT, 31_216, TcpState.FIN_WAIT2, 2),
                        Map.of(TcpState.TIME_WAIT, 12),
                        true,
                        List.of(timeWait(31_204), accepted(2)),
                        2))
                .ephemeralPorts(new EphemeralPorts(
                        32_768,
                        60_999,
                        List.of(new EphemeralPorts.PortsTo(new Endpoint("10.0.0.7", 6379), 27_104, 26_800)),
                        true))
                .redacted(false)
                .excludedSockets(0)
                .history(
                        new History.Sample(NOW.minusSeconds(70), 4, null, Map.of(TcpState.CLOSE_WAIT, 2)),
                        new History.Sample(NOW, 5, 3, Map.of(TcpState.CLOSE_WAIT, 3, TcpState.LISTEN, 1), 40L))
                .build();
    }

    /** 18,000 connections, and no memory to judge them. */
    public static Report reduced() {
        return quiet()
                .totals(new Totals(18_000, 17_990, 10, Map.of(TcpState.ESTABLISHED, 18_000), 0, null, 0, null))
                .withoutListeners()
                .stacks()
                .build()
                .toBuilder()
                .reduction(new Reduction(ReportDetail.TOTALS, 12L << 20, 3L << 20))
                .build();
    }

    /** A report in which every field is filled at least once. */
    public static Report complete() {
        Site.Place place = new Site.Place(1, 2, List.of("worker-*"), 3);
        Event event = new Event(NOW.minusSeconds(60), "worker-1", 1);
        Site site = SampleSite.of(Verdict.FORGOTTEN, 2)
                .confidence(Confidence.CERTAIN)
                .recvQ(0, 1)
                .sendQ(0, 12_000)
                .remotes(1, new Site.RemoteCount(new Endpoint("10.2.3.4", 443), 2, false))
                .eof(place)
                .opened(place)
                .closing(place)
                .listener(place)
                .current(place)
                .lastUse(place)
                .medianSince(NOW.minusSeconds(30))
                .inLastMinute(1)
                .flow(new Site.Flow(
                        900,
                        40,
                        860,
                        70,
                        69,
                        true,
                        new Frame("com.acme.Shop", "pay", "Shop.java", 7),
                        800,
                        5,
                        Duration.ofSeconds(9)))
                .evidence("read returned -1 and no close followed")
                .estimatedCount(40)
                .protocol(Protocol.TCP)
                .build();
        Socket socket = SampleSocket.tcp(8, TcpState.CLOSE_WAIT)
                .addresses(new Endpoint("10.2.3.5", 40313), new Endpoint("10.2.3.4", 443))
                .queues(1L, 0L)
                .opened(event)
                .listenerOpened(event)
                .eof(event)
                .closeNotify(event)
                .closing(event)
                .current(event)
                .lastUsedAt(NOW.minusSeconds(40))
                .lastUse(event)
                .stateSince(NOW.minusSeconds(50))
                .judged(Verdict.FORGOTTEN, Confidence.CERTAIN, 1)
                .weight(20)
                .build();
        Report rich = rich();
        return rich.toBuilder()
                .sites(List.of(site, rich.sites().get(1)))
                .sockets(List.of(rich.sockets().get(0), socket, rich.sockets().get(1)))
                .build();
    }

    /** What so many connections to 10.0.0.7:6379 left, opened at {@link #CONNECT} and closed at {@link #EOF}. */
    public static AfterClose.ClosedSite timeWait(int count) {
        return new AfterClose.ClosedSite(
                new Endpoint("10.0.0.7", 6379),
                null,
                count,
                Map.of(TcpState.TIME_WAIT, count),
                3,
                true,
                NOW.minusSeconds(59),
                5200,
                0,
                Duration.ofMillis(3),
                new Site.Place(0, 1, List.of("poller"), 1),
                new Site.Place(1, 1, List.of("poller"), 1));
    }

    /** What so many accepted connections left, of which no more is known. */
    public static AfterClose.ClosedSite accepted(int count) {
        return new AfterClose.ClosedSite(
                null,
                8080,
                count,
                Map.of(TcpState.FIN_WAIT2, count),
                0,
                false,
                NOW.minusSeconds(20),
                0,
                null,
                null,
                null,
                null);
    }

    /** Connections to 10.2.3.4:443, told of the end and not closed, with everything that a site can say. */
    public static Site forgotten(int number, int count) {
        return SampleSite.of(Verdict.FORGOTTEN, count)
                .number(number)
                .confidence(Confidence.CERTAIN)
                .oldestSince(NOW.minus(Duration.ofMinutes(362)))
                .recvQ(0, 0)
                .sendQ(0, 12_000)
                .remotes(
                        2,
                        new Site.RemoteCount(new Endpoint("10.2.3.4", 443), count - 1, false),
                        new Site.RemoteCount(new Endpoint("10.2.3.9", 443), 1, null))
                .eof(new Site.Place(1, 3, List.of("http-nio-8080-exec-*"), 14))
                .opened(new Site.Place(0, 1, List.of("main"), 1))
                .listener(new Site.Place(2, 1, List.of(), 0))
                .evidence("read returned -1 and no close followed")
                .protocol(Protocol.TCP)
                .build();
    }

    /** A site of client connections of which little is known. */
    public static Site abandoned(int number, int count) {
        return bare(number, Verdict.ABANDONED, count);
    }

    /** A site with nothing but what it must have. */
    public static Site bare(int number, Verdict verdict, int count) {
        return SampleSite.of(verdict, count).number(number).build();
    }

    /** A listener of which nothing is known. */
    public static Listener unknown(int fd) {
        return new Listener(fd, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** A listener at 127.0.0.1:8080 that the agent saw from its beginning, and that accepts. */
    public static Listener listener(long queue, int backlog, int limit) {
        return new Listener(
                11,
                new Endpoint("127.0.0.1", 8080),
                queue,
                backlog,
                limit,
                1204L,
                3.25,
                event(0),
                event(0),
                Map.of(),
                0,
                null);
    }

    /** A socket that the agent did not see come to be. */
    public static Socket untracked(int fd, Origin origin, @Nullable TcpState state) {
        SampleSocket socket = state == null ? SampleSocket.of(fd, Protocol.OTHER) : SampleSocket.tcp(fd, state);
        return socket.origin(origin)
                .judged(Verdict.NONE, Confidence.POSSIBLE, null)
                .build();
    }

    /** A program that started six hours and twelve minutes ago. */
    public static Program program(String name, boolean attachedLate) {
        return new Program(
                4242,
                name,
                "17 (Debian)",
                NOW.minus(Duration.ofMinutes(372)),
                NOW.minus(Duration.ofMinutes(attachedLate ? 11 : 372)),
                attachedLate);
    }

    private static Event event(int stack) {
        return new Event(NOW.minusSeconds(100 - stack), "main", stack);
    }

    public SampleReports agentVersion(String agentVersion) {
        builder.agentVersion(agentVersion);
        return this;
    }

    public SampleReports takenAt(Instant takenAt) {
        builder.takenAt(takenAt);
        return this;
    }

    public SampleReports totals(Totals totals) {
        builder.totals(totals);
        return this;
    }

    public SampleReports program(Program program) {
        builder.program(program);
        return this;
    }

    public SampleReports fileDescriptors(FileDescriptors fileDescriptors) {
        builder.fileDescriptors(fileDescriptors);
        return this;
    }

    public SampleReports sites(Site... sites) {
        builder.sites(List.of(sites));
        return this;
    }

    public SampleReports sockets(Socket... sockets) {
        builder.sockets(List.of(sockets));
        return this;
    }

    public SampleReports stacks(Stack... stacks) {
        builder.stacks(List.of(stacks));
        return this;
    }

    public SampleReports closedByCleaner(ClosedByCleaner closedByCleaner) {
        builder.closedByCleaner(closedByCleaner);
        return this;
    }

    public SampleReports agent(AgentHealth agent) {
        builder.agent(agent);
        return this;
    }

    public SampleReports listeners(Listener... listeners) {
        builder.listeners(List.of(listeners));
        return this;
    }

    /** As a report that was made before they were told apart. */
    public SampleReports withoutListeners() {
        builder.listeners(null);
        return this;
    }

    public SampleReports listenDrops(@Nullable ListenDrops listenDrops) {
        builder.listenDrops(listenDrops);
        return this;
    }

    public SampleReports afterClose(@Nullable AfterClose afterClose) {
        builder.afterClose(afterClose);
        return this;
    }

    public SampleReports ephemeralPorts(@Nullable EphemeralPorts ephemeralPorts) {
        builder.ephemeralPorts(ephemeralPorts);
        return this;
    }

    public SampleReports redacted(@Nullable Boolean redacted) {
        builder.redacted(redacted);
        return this;
    }

    public SampleReports excludedSockets(@Nullable Integer excludedSockets) {
        builder.excludedSockets(excludedSockets);
        return this;
    }

    /** One a minute, oldest first. */
    public SampleReports history(History.Sample... samples) {
        builder.history(new History(60, List.of(samples)));
        return this;
    }

    public Report build() {
        return builder.build();
    }
}
