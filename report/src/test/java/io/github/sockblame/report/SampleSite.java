// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds a site for a test: it has what it must have, and what is set here besides. */
public final class SampleSite {

    private final Verdict verdict;
    private final int count;
    private Map<TcpState, Integer> states;
    private int number = 1;
    private Confidence confidence = Confidence.PROBABLE;
    private Instant oldestSince = SampleReports.NOW.minusSeconds(42);
    private List<Site.RemoteCount> remotes = List.of();
    private int remoteCount;
    private List<String> evidence = List.of();

    private Site.@Nullable Range recvQ;
    private Site.@Nullable Range sendQ;
    private Site.@Nullable Place eof;
    private Site.@Nullable Place opened = new Site.Place(0, 1, List.of(), 0);
    private Site.@Nullable Place closing;
    private Site.@Nullable Place listener;
    private Site.@Nullable Place current;
    private Site.@Nullable Place lastUse;
    private @Nullable Instant medianSince;
    private @Nullable Integer inLastMinute;
    private Site.@Nullable Flow flow;
    private @Nullable Integer estimatedCount;
    private @Nullable Protocol protocol;

    private SampleSite(Verdict verdict, int count) {
        this.verdict = verdict;
        this.count = count;
        this.states = Map.of(TcpState.CLOSE_WAIT, count);
    }

    /** Number 1, probable for 42 s, all in CLOSE_WAIT, opened at stack 0; of the rest nothing is known. */
    public static SampleSite of(Verdict verdict, int count) {
        return new SampleSite(verdict, count);
    }

    /** What is needed of a site with one connection. */
    public static SampleSite of(Verdict verdict) {
        return of(verdict, 1);
    }

    public SampleSite number(int number) {
        this.number = number;
        return this;
    }

    public SampleSite confidence(Confidence confidence) {
        this.confidence = confidence;
        return this;
    }

    public SampleSite oldestSince(Instant oldest) {
        this.oldestSince = oldest;
        return this;
    }

    /** All in this one state. */
    public SampleSite state(TcpState state) {
        this.states = Map.of(state, count);
        return this;
    }

    /** As of sockets that are not TCP sockets. */
    public SampleSite withoutState() {
        this.states = Map.of();
        return this;
    }

    public SampleSite protocol(@Nullable Protocol protocol) {
        this.protocol = protocol;
        return this;
    }

    public SampleSite recvQ(long min, long max) {
        this.recvQ = new Site.Range(min, max);
        return this;
    }

    public SampleSite sendQ(long min, long max) {
        this.sendQ = new Site.Range(min, max);
        return this;
    }

    /** The most frequent of so many remote addresses. */
    public SampleSite remotes(int inAll, Site.RemoteCount... remotes) {
        this.remotes = List.of(remotes);
        this.remoteCount = inAll;
        return this;
    }

    /** All at this one address. */
    public SampleSite remote(Endpoint remote) {
        return remotes(1, new Site.RemoteCount(remote, count, null));
    }

    /** Without a remote address, all at this local one. */
    public SampleSite local(Endpoint local) {
        return remotes(1, new Site.RemoteCount(local, count, true));
    }

    public SampleSite eof(Site.@Nullable Place eof) {
        this.eof = eof;
        return this;
    }

    public SampleSite opened(Site.@Nullable Place opened) {
        this.opened = opened;
        return this;
    }

    public SampleSite closing(Site.@Nullable Place closing) {
        this.closing = closing;
        return this;
    }

    public SampleSite listener(Site.@Nullable Place listener) {
        this.listener = listener;
        return this;
    }

    public SampleSite current(Site.@Nullable Place current) {
        this.current = current;
        return this;
    }

    public SampleSite lastUse(Site.@Nullable Place lastUse) {
        this.lastUse = lastUse;
        return this;
    }

    public SampleSite medianSince(@Nullable Instant median) {
        this.medianSince = median;
        return this;
    }

    public SampleSite inLastMinute(@Nullable Integer lately) {
        this.inLastMinute = lately;
        return this;
    }

    public SampleSite flow(Site.@Nullable Flow flow) {
        this.flow = flow;
        return this;
    }

    public SampleSite evidence(String... evidence) {
        this.evidence = List.of(evidence);
        return this;
    }

    public SampleSite estimatedCount(int estimated) {
        this.estimatedCount = estimated;
        return this;
    }

    public Site build() {
        return new Site(
                number,
                verdict,
                confidence,
                count,
                oldestSince,
                states,
                recvQ,
                sendQ,
                remotes,
                remoteCount,
                eof,
                opened,
                closing,
                listener,
                current,
                lastUse,
                medianSince,
                inLastMinute,
                flow,
                evidence,
                estimatedCount,
                protocol);
    }
}
