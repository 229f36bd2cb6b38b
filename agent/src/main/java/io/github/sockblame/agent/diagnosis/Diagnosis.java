// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import io.github.sockblame.agent.kernel.InetRow;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Event;
import io.github.sockblame.report.Listener;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Rescued;
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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one reading: totals, sites and the list of sockets.
 *
 * @param totals the sums
 * @param sites the sites, leaks first, largest first
 * @param sockets every socket, by descriptor
 * @param rescued what the JDK's Cleaner closed
 * @param stacks the stacks that the others name
 * @param listeners every listening TCP socket, by descriptor
 */
public record Diagnosis(
        Totals totals,
        List<Site> sites,
        List<Socket> sockets,
        Rescued rescued,
        List<Stack> stacks,
        List<Listener> listeners) {

    private static final Comparator<SiteCollector> WORST_FIRST = Comparator.comparing(
                    (SiteCollector site) -> !site.verdict().isLeak())
            .thenComparing(site -> site.verdict() == Verdict.FRESH)
            .thenComparing(site -> -site.count());

    /**
     * Examines what was joined.
     *
     * @param joined every socket
     * @param listeners those of them that listen
     * @param rescues how many sockets were closed by the JDK's Cleaner
     * @param latestRescues the latest of them
     * @param now the moment of the reading
     * @param grace how long a connection may be in CLOSE_WAIT before it is judged
     * @param culprits tells the program's own frames
     */
    public static Diagnosis of(
            List<JoinedSocket> joined,
            Listening listeners,
            long rescues,
            List<TrackedSocket> latestRescues,
            Instant now,
            Duration grace,
            CulpritFinder culprits) {
        Examination examination = new Examination(now, grace, culprits, listeners);
        return examination.examine(joined, rescues, latestRescues);
    }

    /** One run over the sockets of one reading. */
    private static final class Examination {

        private final Instant now;
        private final Duration grace;
        private final StackTable stacks;
        private final Listening listeners;
        private final Map<SiteKey, SiteCollector> sites = new LinkedHashMap<>();
        private final Set<Integer> listening = new HashSet<>();

        Examination(Instant now, Duration grace, CulpritFinder culprits, Listening listeners) {
            this.listeners = listeners;
            this.now = now;
            this.grace = grace;
            this.stacks = new StackTable(culprits);
        }

        Diagnosis examine(List<JoinedSocket> joined, long rescues, List<TrackedSocket> latestRescues) {
            List<Socket> sockets = new ArrayList<>(joined.size());
            for (JoinedSocket socket : joined) {
                Socket judged = judged(socket);
                sockets.add(judged);
                Endpoint local = judged.local();
                if (judged.state() == TcpState.LISTEN && local != null) {
                    listening.add(local.port());
                }
            }
            for (Socket socket : sockets) {
                if (socket.verdict() != Verdict.NONE) {
                    SiteCollector site = sites.computeIfAbsent(
                            keyOf(socket), key -> new SiteCollector(socket.verdict(), socket.confidence()));
                    site.add(socket, isAccepted(socket));
                    addListener(site, socket);
                }
            }
            List<SiteCollector> ordered = new ArrayList<>(sites.values());
            ordered.sort(WORST_FIRST);
            Map<Integer, Integer> siteByFd = new LinkedHashMap<>();
            List<Site> numbered = new ArrayList<>(ordered.size());
            for (SiteCollector site : ordered) {
                int number = numbered.size() + 1;
                numbered.add(site.toSite(number, now));
                for (Socket socket : site.sockets()) {
                    siteByFd.put(socket.fd(), number);
                }
            }
            sockets.replaceAll(socket -> {
                Integer site = siteByFd.get(socket.fd());
                return site == null ? socket : socket.inSite(site);
            });
            List<Listener> told = listeners.toListeners(stacks);
            Rescued rescued = RescueCollector.collect(rescues, latestRescues, stacks);
            return new Diagnosis(totals(sockets), numbered, sockets, rescued, stacks.all(), told);
        }

        private void addListener(SiteCollector site, Socket socket) {
            JoinedListener listener = socket.verdict() == Verdict.UNACCEPTED ? listeners.at(socket.fd()) : null;
            if (listener != null) {
                Acceptor acceptor = listener.acceptor();
                site.addListener(listener, acceptor == null ? null : stacks.event(acceptor.standing()));
            }
        }

        private Judgement judgementOf(JoinedSocket socket) {
            Judgement judgement = Judgement.of(socket, now.toEpochMilli(), grace.toMillis());
            JoinedListener listener = judgement.verdict() == Verdict.NONE && socket.state() == TcpState.LISTEN
                    ? listeners.at(socket.fd())
                    : null;
            Judgement ofListener = listener == null ? null : listener.judge(now.toEpochMilli(), grace.toMillis());
            return ofListener == null ? judgement : ofListener;
        }

        private Socket judged(JoinedSocket socket) {
            Judgement judgement = judgementOf(socket);
            TrackedSocket tracked = socket.tracked();
            InetRow row = socket.row();
            return new Socket(
                    socket.fd(),
                    socket.inode(),
                    socket.protocol(),
                    socket.state(),
                    row == null ? null : row.local(),
                    row == null ? null : row.remote(),
                    row == null ? null : row.recvQ(),
                    row == null ? null : row.sendQ(),
                    socket.origin(),
                    tracked == null ? null : stacks.event(tracked.opened()),
                    tracked == null ? null : stacks.event(tracked.listenerOpened()),
                    tracked == null || !hasEnd(socket.protocol()) ? null : stacks.event(tracked.endOfFile()),
                    tracked == null ? null : stacks.event(tracked.endOfTls()),
                    tracked == null ? null : stacks.event(tracked.closing()),
                    judgement.sinceMillis() == 0 ? null : Instant.ofEpochMilli(judgement.sinceMillis()),
                    judgement.verdict(),
                    judgement.confidence(),
                    null);
        }

        /** To native code an empty datagram looks like an end of file. */
        private static boolean hasEnd(Protocol protocol) {
            return protocol == Protocol.TCP || protocol == Protocol.UNIX;
        }

        /** Of a socket that nobody saw come to be its local port tells: nobody connects from a port on which this process listens. */
        private boolean isAccepted(Socket socket) {
            Endpoint local = socket.local();
            return socket.origin() == Origin.ACCEPTED
                    || (socket.opened() == null && local != null && listening.contains(local.port()));
        }

        private @Nullable Object sourceOf(Socket socket) {
            Endpoint local = socket.local();
            if (socket.opened() != null) {
                return culpritOf(socket.opened());
            }
            return local != null && isAccepted(socket) ? (Object) local.port() : socket.remote();
        }

        private SiteKey keyOf(Socket socket) {
            return new SiteKey(
                    socket.verdict(),
                    culpritOf(socket.toldOfEnd()),
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
        Map<TcpState, Integer> byState = new EnumMap<>(TcpState.class);
        Map<Protocol, Integer> byProtocol = new EnumMap<>(Protocol.class);
        for (Socket socket : sockets) {
            tracked += socket.origin().isTracked() ? 1 : 0;
            leaked += socket.verdict().isLeak() ? 1 : 0;
            byProtocol.merge(socket.protocol(), 1, Integer::sum);
            TcpState state = socket.state();
            if (state == null) {
                notTcp++;
            } else {
                byState.merge(state, 1, Integer::sum);
            }
        }
        return new Totals(sockets.size(), tracked, sockets.size() - tracked, byState, notTcp, byProtocol, leaked);
    }
}
