// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import static java.util.Objects.requireNonNull;

import io.github.sockblame.agent.kernel.InetRow;
import io.github.sockblame.agent.kernel.StateCounts;
import io.github.sockblame.agent.ledger.CleanerCloses;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.AfterClose;
import io.github.sockblame.report.ClosedByCleaner;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Event;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.Listener;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.Stack;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Totals;
import io.github.sockblame.report.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The result of one reading: totals, sites and the list of sockets.
 *
 * @param totals the sums
 * @param sites the sites, leaks first, largest first
 * @param sockets every socket, by descriptor
 * @param rescued the sockets that the JDK's Cleaner closed
 * @param stacks the stacks that the others name
 * @param listeners every listening TCP socket, by descriptor
 * @param afterClose the remains of closed connections
 * @param leftOut how many deserve attention and are in no site, because the options include and exclude leave them out
 */
public record Diagnosis(
        Totals totals,
        List<Site> sites,
        List<Socket> sockets,
        ClosedByCleaner rescued,
        List<Stack> stacks,
        List<Listener> listeners,
        AfterClose afterClose,
        int leftOut) {

    private static final Comparator<SiteBuilder> WORST_FIRST =
            Comparator.comparing((SiteBuilder site) -> site.verdict().weight()).thenComparing(site -> -site.count());

    /**
     * Examines the joined sockets.
     *
     * @param joined every socket
     * @param listeners those of them that listen
     * @param cleanerCloses the sockets that were closed by the JDK's Cleaner
     * @param now the moment of the reading
     * @param gracePeriods time limits after which a state counts as a problem
     * @param culprits finds the program's own frames
     * @param peakConnections figures of earlier rounds on the connections of each opening place
     * @param placeCloseStats figures of the closed connections of each opening place
     * @param closed the remains of closed connections
     * @param reportScope the sockets that may be in sites
     */
    public static Diagnosis of(
            List<JoinedSocket> joined,
            ListenerReport listeners,
            CleanerCloses cleanerCloses,
            Instant now,
            GracePeriods gracePeriods,
            CulpritFinder culprits,
            PeakConnections peakConnections,
            PlaceCloseStats placeCloseStats,
            ClosedConnections closed,
            ReportScope reportScope) {
        return new Examiner(listeners, now, gracePeriods, culprits, peakConnections, placeCloseStats, reportScope)
                .examine(joined, cleanerCloses, closed);
    }

    /** One run over the sockets of one reading. */
    private static final class Examiner {

        private final Instant now;
        private final Instant lately;
        private final GracePeriods gracePeriods;
        private final StackTable stacks;
        private final PoolRule pools;
        private final PlaceCloseStats placeCloseStats;
        private final ReportScope reportScope;
        private final ListenerReport listeners;
        private int leftOut;
        private final Tally<Object> openByPlace = new Tally<>();
        private final Tally<Object> openedLatelyByPlace = new Tally<>();
        private final Map<SiteKey, SiteBuilder> sites = new LinkedHashMap<>();
        private final Set<Integer> listening = new HashSet<>();

        Examiner(
                ListenerReport listeners,
                Instant now,
                GracePeriods gracePeriods,
                CulpritFinder culprits,
                PeakConnections peakConnections,
                PlaceCloseStats placeCloseStats,
                ReportScope reportScope) {
            this.reportScope = reportScope;
            this.listeners = listeners;
            this.placeCloseStats = placeCloseStats;
            this.now = now;
            this.lately = now.minus(Site.LAST_MINUTE);
            this.gracePeriods = gracePeriods;
            this.stacks = new StackTable(culprits);
            this.pools = new PoolRule(culprits, peakConnections);
        }

        Diagnosis examine(List<JoinedSocket> joined, CleanerCloses cleanerCloses, ClosedConnections closed) {
            List<Judgement> judgements = new ArrayList<>(joined.size());
            for (JoinedSocket socket : joined) {
                Judgement judgement = judgementOf(socket);
                judgements.add(judgement);
                pools.count(socket, judgement);
            }
            List<Socket> sockets = new ArrayList<>(joined.size());
            for (int i = 0; i < joined.size(); i++) {
                Socket judged = judged(joined.get(i), pools.apply(joined.get(i), judgements.get(i)));
                sockets.add(judged);
                count(judged.opened());
                Endpoint local = judged.local();
                if (judged.state() == TcpState.LISTEN && local != null) {
                    listening.add(local.port());
                }
            }
            for (Socket socket : sockets) {
                if (socket.verdict() == Verdict.NONE) {
                    continue;
                }
                if (!reportScope.includes(socket, stacks.all())) {
                    leftOut++;
                } else {
                    SiteBuilder site = sites.computeIfAbsent(keyOf(socket), key -> new SiteBuilder(socket.verdict()));
                    site.add(socket, isAccepted(socket));
                    addListener(site, socket);
                }
            }
            List<SiteBuilder> ordered = new ArrayList<>(sites.values());
            ordered.sort(WORST_FIRST);
            Map<Integer, Integer> siteByFd = new HashMap<>();
            List<Site> numbered = new ArrayList<>(ordered.size());
            for (SiteBuilder site : ordered) {
                int number = numbered.size() + 1;
                numbered.add(
                        site.toSite(number, now, flowOf(site.sockets().get(0).opened())));
                for (Socket socket : site.sockets()) {
                    siteByFd.put(socket.fd(), number);
                }
            }
            sockets.replaceAll(socket -> {
                Integer site = socket.verdict() == Verdict.NONE ? null : siteByFd.get(socket.fd());
                return site == null ? socket : socket.toBuilder().site(site).build();
            });
            List<Listener> told = listeners.toListeners(stacks);
            ClosedByCleaner closedByCleaner =
                    CleanerCloseCollector.collect(cleanerCloses.count(), cleanerCloses.latest(), stacks);
            AfterClose afterClose = new ClosedRowAttribution(closed, now.toEpochMilli(), stacks).attribute(openByPlace);
            return new Diagnosis(
                    totals(sockets), numbered, sockets, closedByCleaner, stacks.all(), told, afterClose, leftOut);
        }

        private void count(@Nullable Event opened) {
            Object place = culpritOf(opened);
            if (opened != null && place != null) {
                openByPlace.add(place);
                if (opened.at().isAfter(lately)) {
                    openedLatelyByPlace.add(place);
                }
            }
        }

        /**
         * The fate of all connections from the place of this opening; the sockets of one site were all opened at one
         * place.
         */
        private Site.@Nullable Flow flowOf(@Nullable Event opened) {
            if (!(culpritOf(opened) instanceof Frame place)) {
                return null;
            }
            PlaceCloseStats.ClosedHere closed = placeCloseStats.of(place);
            int open = openByPlace.count(place);
            int openedLately = openedLatelyByPlace.count(place);
            return closed == null
                    ? new Site.Flow(open, open, 0, openedLately, 0, false, null, 0, 0, null)
                    : new Site.Flow(
                            open + closed.closed(),
                            open,
                            closed.closed(),
                            openedLately + closed.openedLately(),
                            closed.closedLately(),
                            closed.sampled(),
                            closed.at(),
                            closed.closedThere(),
                            closed.late(),
                            closed.late() == 0 ? null : Duration.ofMillis(closed.longestLateMillis()));
        }

        private void addListener(SiteBuilder site, Socket socket) {
            JoinedListener listener = socket.verdict() == Verdict.UNACCEPTED ? listeners.at(socket.fd()) : null;
            if (listener != null) {
                AcceptorThread acceptorThread = listener.acceptor();
                site.addListener(listener, acceptorThread == null ? null : stacks.event(acceptorThread.standing()));
            }
        }

        private Judgement judgementOf(JoinedSocket socket) {
            Judgement judgement = Judgement.of(socket, now.toEpochMilli(), gracePeriods);
            JoinedListener listener = judgement.verdict() == Verdict.NONE && socket.state() == TcpState.LISTEN
                    ? listeners.at(socket.fd())
                    : null;
            Judgement ofListener =
                    listener == null ? null : listener.judge(now.toEpochMilli(), gracePeriods.graceMillis());
            return ofListener == null ? judgement : ofListener;
        }

        private Socket judged(JoinedSocket socket, Judgement judgement) {
            TrackedSocket tracked = socket.tracked();
            InetRow row = socket.row();
            ActiveThread use = socket.activeThread();
            long used = tracked == null ? 0 : tracked.lastUsedMillis();
            return Socket.builder()
                    .fd(socket.fd())
                    .inode(socket.inode())
                    .protocol(socket.protocol())
                    .state(socket.state())
                    .local(row == null ? null : row.local())
                    .remote(row == null ? socket.lastRemote() : row.remote())
                    .recvQ(row == null ? null : row.recvQ())
                    .sendQ(row == null ? null : row.sendQ())
                    .origin(socket.origin())
                    .opened(tracked == null ? null : stacks.event(tracked.opened()))
                    .listenerOpened(tracked == null ? null : stacks.event(tracked.listenerOpened()))
                    .eof(tracked == null || !hasEnd(socket.protocol()) ? null : stacks.event(tracked.endOfFile()))
                    .closeNotify(tracked == null ? null : stacks.event(tracked.endOfTls()))
                    .closing(tracked == null ? null : stacks.event(tracked.closing()))
                    .current(use == null ? null : stacks.event(use.where()))
                    .lastUsedAt(used == 0 ? null : Instant.ofEpochMilli(used))
                    .lastUse(tracked == null ? null : stacks.event(tracked.lastUse()))
                    .stateSince(judgement.sinceMillis() == 0 ? null : Instant.ofEpochMilli(judgement.sinceMillis()))
                    .verdict(judgement.verdict())
                    .confidence(judgement.confidence())
                    .weight(tracked == null || tracked.weight() == 1 ? null : (Integer) tracked.weight())
                    .build();
        }

        /** Native code cannot distinguish an empty datagram from EOF. */
        private static boolean hasEnd(Protocol protocol) {
            return protocol == Protocol.TCP || protocol == Protocol.UNIX;
        }

        /**
         * A socket whose opening the agent missed is recognized by its local port: no program connects from a port on
         * which this process listens.
         */
        private boolean isAccepted(Socket socket) {
            Endpoint local = socket.local();
            return socket.origin() == Origin.ACCEPTED
                    || (socket.opened() == null && local != null && listening.contains(local.port()));
        }

        private @Nullable Object sourceOf(Socket socket) {
            Endpoint local = socket.local();
            Event opened = socket.opened();
            if (opened != null && remoteTells(opened) && !isAccepted(socket)) {
                return List.of(requireNonNull(culpritOf(opened)), Optional.ofNullable(socket.remote()));
            }
            if (opened != null) {
                return culpritOf(opened);
            }
            return local != null && isAccepted(socket) ? (Object) local.port() : socket.remote();
        }

        /** If libraries connect in threads of their own, only the address shows the purpose. */
        private boolean remoteTells(Event opened) {
            return stacks.all().get(opened.stack()).culprit() < 0;
        }

        private SiteKey keyOf(Socket socket) {
            return new SiteKey(
                    socket.verdict(),
                    culpritOf(socket.eofOrCloseNotify()),
                    sourceOf(socket),
                    culpritOf(socket.closing()),
                    culpritOf(socket.listenerOpened()));
        }

        private @Nullable Object culpritOf(@Nullable Event event) {
            return event == null ? null : stacks.culpritOf(event.stack());
        }
    }

    private static Totals totals(List<Socket> sockets) {
        int tracked = 0;
        int notTcp = 0;
        int leaked = 0;
        int unseenInCloseWait = 0;
        Map<Origin, Integer> unseen = new EnumMap<>(Origin.class);
        StateCounts byState = new StateCounts();
        Map<Protocol, Integer> byProtocol = new EnumMap<>(Protocol.class);
        for (Socket socket : sockets) {
            Origin origin = socket.origin();
            if (origin.isTracked()) {
                tracked++;
            } else {
                unseen.merge(origin, 1, Integer::sum);
                unseenInCloseWait += origin != Origin.DUPLICATE && socket.state() == TcpState.CLOSE_WAIT ? 1 : 0;
            }
            leaked += socket.verdict().isLeak() ? 1 : 0;
            byProtocol.merge(socket.protocol(), 1, Integer::sum);
            TcpState state = socket.state();
            if (state == null) {
                notTcp++;
            } else {
                byState.add(state);
            }
        }
        return new Totals(
                sockets.size(),
                tracked,
                sockets.size() - tracked,
                byState.toMap(),
                notTcp,
                byProtocol,
                leaked,
                new Totals.UntrackedDetail(unseen, unseenInCloseWait));
    }
}
