// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.site;

import io.github.sockblame.agent.collection.LongList;
import io.github.sockblame.agent.diagnosis.verdict.DeadEvidence;
import io.github.sockblame.agent.diagnosis.verdict.Evidence;
import io.github.sockblame.agent.diagnosis.verdict.ReaderEvidence;
import io.github.sockblame.agent.diagnosis.verdict.SiblingEvidence;
import io.github.sockblame.agent.diagnosis.verdict.UnacceptedEvidence;
import io.github.sockblame.agent.join.JoinedListener;
import io.github.sockblame.agent.kernel.net.StateCounts;
import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Event;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.SocketEvent;
import io.github.sockblame.report.SocketRow;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the connections of one site. */
final class SiteBuilder {

    private static final int REMOTES_NAMED = 3;

    private final Verdict verdict;
    private Confidence confidence = Confidence.CERTAIN;
    private final StateCounts states = new StateCounts();
    private final Tally<Endpoint> remotes = new Tally<>();
    private final Set<Endpoint> locals = new HashSet<>();
    private final PlaceStats eof = new PlaceStats();
    private final PlaceStats opened = new PlaceStats();
    private final PlaceStats closing = new PlaceStats();
    private final PlaceStats listener = new PlaceStats();
    private final PlaceStats current = new PlaceStats();
    private final PlaceStats lastUse = new PlaceStats();
    private final List<JoinedListener> unaccepted = new ArrayList<>();
    private final List<ReportRow> sockets = new ArrayList<>();
    private @Nullable Endpoint latestHost;
    private final LongList since = new LongList();

    SiteBuilder(Verdict verdict) {
        this.verdict = verdict;
    }

    void add(ReportRow socket, boolean accepted) {
        sockets.add(socket);
        if (socket.confidence().isLessThan(confidence)) {
            confidence = socket.confidence(); // the least certain one decides
        }
        TcpState state = socket.state();
        if (state != null) {
            states.add(state);
        }
        addAddress(socket, accepted);
        long judgedSince = socket.judgedSinceMillis();
        if (judgedSince != SocketRow.NO_TIME) {
            since.add(judgedSince);
        }
        eof.add(socket, socket.endEvent());
        opened.add(socket, SocketEvent.OPENED);
        closing.add(socket, SocketEvent.CLOSING);
        listener.add(socket, SocketEvent.LISTENER_OPENED);
        current.add(socket, SocketEvent.CURRENT);
        lastUse.add(socket, SocketEvent.LAST_USE);
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
    private void addAddress(ReportRow socket, boolean accepted) {
        Endpoint remote = socket.remote();
        Endpoint local = socket.local();
        if (remote != null && remote.port() != 0) {
            remotes.add(accepted ? hostOf(remote) : remote);
        } else if (local != null) {
            remotes.add(local);
            locals.add(local);
        }
    }

    /** The address without the port; the same object for one socket after the other. */
    private Endpoint hostOf(Endpoint remote) {
        Endpoint host = latestHost;
        if (host == null || !host.address().equals(remote.address())) {
            host = new Endpoint(remote.address(), 0);
            latestHost = host;
        }
        return host;
    }

    Verdict verdict() {
        return verdict;
    }

    /** Returns whether its connections count as leaked. */
    boolean isLeak() {
        return verdict.isLeak(confidence);
    }

    int count() {
        return sockets.size();
    }

    List<ReportRow> sockets() {
        return sockets;
    }

    Site toSite(int number, Instant now, Site.@Nullable Flow flow) {
        since.sort();
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
                .oldestSince(since.isEmpty() ? now : Instant.ofEpochMilli(since.get(0)))
                .states(states.toMap())
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
                .medianSince(since.isEmpty() ? null : Instant.ofEpochMilli(since.get(since.size() / 2)))
                .inLastMinute(since.countAfter(now.minus(Site.LAST_MINUTE).toEpochMilli()))
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
        for (ReportRow socket : sockets) {
            Integer weight = socket.weight();
            estimated += weight == null ? 1 : weight;
        }
        return estimated > sockets.size() ? (Integer) (int) Math.min(estimated, Integer.MAX_VALUE) : null;
    }

    private List<String> evidence(Instant now) {
        List<String> lines = UnacceptedEvidence.of(unaccepted);
        if (verdict == Verdict.DEAD_FD) {
            lines.addAll(
                    DeadEvidence.of(sockets.stream().map(ReportRow::connect).toList()));
        }
        lines.addAll(Evidence.of(verdict, sockets, now));
        if (verdict == Verdict.FORGOTTEN) {
            lines.addAll(
                    ReaderEvidence.of(sockets.stream().map(ReportRow::eofReader).toList()));
        }
        lines.addAll(SiblingEvidence.of(sockets.stream().map(ReportRow::finding).toList()));
        return lines;
    }

    private Site.@Nullable Range range(boolean receive) {
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        for (ReportRow socket : sockets) {
            Long queue = receive ? socket.recvQ() : socket.sendQ();
            if (queue != null) {
                min = Math.min(min, queue);
                max = Math.max(max, queue);
            }
        }
        return max < min ? null : new Site.Range(min, max);
    }
}
