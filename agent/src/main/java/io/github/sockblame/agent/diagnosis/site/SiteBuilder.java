// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.site;

import io.github.sockblame.agent.diagnosis.verdict.Evidence;
import io.github.sockblame.agent.diagnosis.verdict.UnacceptedEvidence;
import io.github.sockblame.agent.join.JoinedListener;
import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Event;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the connections of one site. */
final class SiteBuilder {

    private static final int REMOTES_NAMED = 3;

    private final Verdict verdict;
    private Confidence confidence = Confidence.CERTAIN;
    private final Map<TcpState, Integer> states = new EnumMap<>(TcpState.class);
    private final Tally<Endpoint> remotes = new Tally<>();
    private final Set<Endpoint> locals = new HashSet<>();
    private final PlaceStats eof = new PlaceStats();
    private final PlaceStats opened = new PlaceStats();
    private final PlaceStats closing = new PlaceStats();
    private final PlaceStats listener = new PlaceStats();
    private final PlaceStats current = new PlaceStats();
    private final PlaceStats lastUse = new PlaceStats();
    private final List<JoinedListener> unaccepted = new ArrayList<>();
    private final List<Socket> sockets = new ArrayList<>();
    private final List<Instant> since = new ArrayList<>();

    SiteBuilder(Verdict verdict) {
        this.verdict = verdict;
    }

    void add(Socket socket, boolean accepted) {
        sockets.add(socket);
        if (socket.confidence().isLessThan(confidence)) {
            confidence = socket.confidence(); // the least certain one decides
        }
        TcpState state = socket.state();
        if (state != null) {
            states.merge(state, 1, Integer::sum);
        }
        addAddress(socket, accepted);
        Instant stateSince = socket.stateSince();
        if (stateSince != null) {
            since.add(stateSince);
        }
        eof.add(socket.eofOrCloseNotify());
        opened.add(socket.opened());
        closing.add(socket.closing());
        listener.add(socket.listenerOpened());
        current.add(socket.current());
        lastUse.add(socket.lastUse());
    }

    /**
     * Adds the figures of a listener, which is the socket that was added last.
     *
     * @param standing the acceptor's present stack; null if unknown
     */
    void addListener(JoinedListener joined, @Nullable Event standing) {
        unaccepted.add(joined);
        current.add(standing);
    }

    /**
     * The port of a client that connects to this process is left out, because each connection has another. A listener
     * and a UDP socket without a connect have no remote address at all.
     */
    private void addAddress(Socket socket, boolean accepted) {
        Endpoint remote = socket.remote();
        Endpoint local = socket.local();
        if (remote != null && remote.port() != 0) {
            remotes.add(accepted ? new Endpoint(remote.address(), 0) : remote);
        } else if (local != null) {
            remotes.add(local);
            locals.add(local);
        }
    }

    Verdict verdict() {
        return verdict;
    }

    int count() {
        return sockets.size();
    }

    List<Socket> sockets() {
        return sockets;
    }

    Site toSite(int number, Instant now, Site.@Nullable Flow flow) {
        Collections.sort(since);
        List<Endpoint> byCount = remotes.mostFrequentFirst();
        List<Site.RemoteCount> named = new ArrayList<>();
        for (Endpoint remote : byCount.subList(0, Math.min(REMOTES_NAMED, byCount.size()))) {
            named.add(new Site.RemoteCount(remote, remotes.count(remote), locals.contains(remote)));
        }
        return Site.builder()
                .number(number)
                .verdict(verdict)
                .confidence(confidence)
                .count(sockets.size())
                .oldestSince(since.isEmpty() ? now : since.get(0))
                .states(states)
                .recvQ(range(true))
                .sendQ(range(false))
                .remotes(named)
                .remoteCount(byCount.size())
                .eof(eof.toPlace())
                .opened(opened.toPlace())
                .closing(closing.toPlace())
                .listener(listener.toPlace())
                .current(current.toPlace())
                .lastUse(lastUse.toPlace())
                .medianSince(since.isEmpty() ? null : since.get(since.size() / 2))
                .inLastMinute((int) since.stream()
                        .filter(now.minus(Site.LAST_MINUTE)::isBefore)
                        .count())
                .flow(flow)
                .evidence(evidence(now))
                .estimatedCount(estimated())
                .protocol(protocol())
                .build();
    }

    private @Nullable Protocol protocol() {
        Protocol first = sockets.get(0).protocol();
        return sockets.stream().allMatch(socket -> socket.protocol() == first) ? first : null;
    }

    private @Nullable Integer estimated() {
        long estimated = 0;
        for (Socket socket : sockets) {
            Integer weight = socket.weight();
            estimated += weight == null ? 1 : weight;
        }
        return estimated > sockets.size() ? (Integer) (int) Math.min(estimated, Integer.MAX_VALUE) : null;
    }

    private List<String> evidence(Instant now) {
        List<String> lines = UnacceptedEvidence.of(unaccepted);
        lines.addAll(Evidence.of(verdict, sockets, now));
        return lines;
    }

    private Site.@Nullable Range range(boolean receive) {
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        for (Socket socket : sockets) {
            Long queue = receive ? socket.recvQ() : socket.sendQ();
            if (queue != null) {
                min = Math.min(min, queue);
                max = Math.max(max, queue);
            }
        }
        return max < min ? null : new Site.Range(min, max);
    }
}
