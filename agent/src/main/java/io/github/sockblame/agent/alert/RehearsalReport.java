// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.alert;

import io.github.sockblame.report.AfterClose;
import io.github.sockblame.report.AgentHealth;
import io.github.sockblame.report.CaptureHealth;
import io.github.sockblame.report.ClosedByCleaner;
import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.EphemeralPorts;
import io.github.sockblame.report.Event;
import io.github.sockblame.report.FileDescriptors;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.History;
import io.github.sockblame.report.Hook;
import io.github.sockblame.report.HookState;
import io.github.sockblame.report.ListenDrops;
import io.github.sockblame.report.Listener;
import io.github.sockblame.report.OmittedFrames;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Program;
import io.github.sockblame.report.ProgramPackage;
import io.github.sockblame.report.ProgramPackageSource;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.Source;
import io.github.sockblame.report.Stack;
import io.github.sockblame.report.StackMemory;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Totals;
import io.github.sockblame.report.TraceHealth;
import io.github.sockblame.report.Verdict;
import io.github.sockblame.report.WatchHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A report that is made up, with one of each part and nothing of the program. Text and JSON of it load and link the same
 * classes as those of a real report, and cost the same memory whatever the number of sockets is.
 */
final class RehearsalReport {

    private static final Instant NOW = Instant.EPOCH.plus(Duration.ofDays(1));
    private static final Instant BEFORE = NOW.minusSeconds(90);
    private static final Endpoint ADDRESS = new Endpoint("127.0.0.1", 1);
    private static final Event EVENT = new Event(BEFORE, "thread-1", 0);
    private static final Site.Place PLACE = new Site.Place(0, 1, List.of("thread-*"), 1);
    private static final Map<TcpState, Integer> STATES = Map.of(TcpState.CLOSE_WAIT, 1, TcpState.LISTEN, 1);

    private RehearsalReport() {}

    /** The report. */
    static Report make() {
        return Report.builder()
                .schema(Report.SCHEMA)
                .agentVersion("rehearsal")
                .takenAt(NOW)
                .grace(Duration.ofSeconds(5))
                .program(new Program(1, "rehearsal", "17", BEFORE, BEFORE, true))
                .fileDescriptors(new FileDescriptors(3, 10))
                .totals(totals())
                .sites(List.of(
                        site(1, Verdict.FORGOTTEN, flow()),
                        site(2, Verdict.ABANDONED, null),
                        site(3, Verdict.IDLE, null),
                        site(4, Verdict.FRESH, null)))
                .sockets(List.of(socket()))
                .closedByCleaner(
                        new ClosedByCleaner(1, List.of(new ClosedByCleaner.CleanerClosedSite(1, PLACE, BEFORE))))
                .stacks(List.of(stack(0, null), stack(-1, 1)))
                .agent(health())
                .listeners(List.of(listener()))
                .listenDrops(new ListenDrops(2, 2, 1, 1, BEFORE))
                .afterClose(new AfterClose(STATES, STATES, true, List.of(closedSite()), 1))
                .ephemeralPorts(new EphemeralPorts(1, 10, List.of(new EphemeralPorts.PortsTo(ADDRESS, 9, 9)), true))
                .redacted(true)
                .excludedSockets(1)
                .history(new History(60, List.of(new History.Sample(BEFORE, 2, 1, STATES))))
                .build();
    }

    private static Totals totals() {
        return new Totals(
                3,
                2,
                1,
                STATES,
                1,
                Map.of(Protocol.TCP, 2, Protocol.UDP, 1),
                1,
                new Totals.UntrackedDetail(Map.of(Origin.NOT_SEEN, 1), 1));
    }

    private static Site site(int number, Verdict verdict, Site.@Nullable Flow flow) {
        return Site.builder()
                .number(number)
                .verdict(verdict)
                .confidence(Confidence.CERTAIN)
                .count(2)
                .oldestSince(BEFORE)
                .states(STATES)
                .recvQ(new Site.Range(0, 1))
                .sendQ(new Site.Range(0, 1))
                .remotes(List.of(new Site.RemoteCount(ADDRESS, 2, false)))
                .remoteCount(1)
                .eof(PLACE)
                .opened(PLACE)
                .closing(PLACE)
                .listener(PLACE)
                .current(PLACE)
                .lastUse(PLACE)
                .medianSince(BEFORE)
                .inLastMinute(1)
                .flow(flow)
                .evidence(List.of("evidence"))
                .estimatedCount(3)
                .protocol(Protocol.TCP)
                .build();
    }

    private static Site.Flow flow() {
        return new Site.Flow(9, 2, 7, 1, 1, true, frame("close"), 6, 1, Duration.ofSeconds(9));
    }

    private static Frame frame(String method) {
        return new Frame("rehearsal.Program", method, "Program.java", 1);
    }

    private static Stack stack(int culprit, @Nullable Integer entry) {
        return new Stack(
                List.of(frame("open"), frame("run")),
                culprit,
                entry,
                List.of(new OmittedFrames(1, 1)),
                culprit > 0 ? 0 : null);
    }

    private static Socket socket() {
        return Socket.builder()
                .fd(3)
                .inode(1)
                .protocol(Protocol.TCP)
                .state(TcpState.CLOSE_WAIT)
                .local(ADDRESS)
                .remote(ADDRESS)
                .recvQ(1L)
                .sendQ(1L)
                .origin(Origin.OPENED)
                .opened(EVENT)
                .listenerOpened(EVENT)
                .eof(EVENT)
                .closeNotify(EVENT)
                .closing(EVENT)
                .current(EVENT)
                .lastUsedAt(BEFORE)
                .lastUse(EVENT)
                .stateSince(BEFORE)
                .verdict(Verdict.FORGOTTEN)
                .confidence(Confidence.CERTAIN)
                .site(1)
                .weight(2)
                .build();
    }

    private static Listener listener() {
        return new Listener(4, ADDRESS, 9L, 10, 10, 5L, 1.5, EVENT, EVENT, STATES, 1, BEFORE);
    }

    private static AfterClose.ClosedSite closedSite() {
        return new AfterClose.ClosedSite(
                ADDRESS, null, 1, STATES, 1, true, BEFORE, 9, 1, Duration.ofMillis(3), PLACE, PLACE);
    }

    private static AgentHealth health() {
        return new AgentHealth(
                List.of(
                        new Hook("rehearsal.Jdk.open", "open", HookState.WOVEN, null),
                        new Hook("rehearsal.Jdk.close", "close", HookState.MISSING, "no such method")),
                List.of(new Source("rehearsal", false, "absent")),
                1,
                "an error",
                1,
                new TraceHealth(9, 1, "the disk is full"),
                new CaptureHealth(0.02, 1, BEFORE, NOW),
                new WatchHealth(BEFORE, NOW, Duration.ofMillis(3), Duration.ofMillis(1003), List.of("a JMX listener")),
                new StackMemory(9, 1, 1, 1),
                List.of(new ProgramPackage("rehearsal", ProgramPackageSource.MAIN_CLASS)));
    }
}
