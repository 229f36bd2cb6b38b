// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds a site for a test: it has what it must have, and what is set here besides. */
public final class SampleSite {

    private final Site.Builder builder;
    private final int count;

    private SampleSite(Verdict verdict, int count) {
        this.count = count;
        this.builder = Site.builder()
                .number(1)
                .verdict(verdict)
                .confidence(Confidence.PROBABLE)
                .count(count)
                .oldestSince(SampleReports.NOW.minusSeconds(42))
                .states(Map.of(TcpState.CLOSE_WAIT, count))
                .opened(new Site.Place(0, 1, List.of(), 0));
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
        builder.number(number);
        return this;
    }

    public SampleSite confidence(Confidence confidence) {
        builder.confidence(confidence);
        return this;
    }

    public SampleSite oldestSince(Instant oldestSince) {
        builder.oldestSince(oldestSince);
        return this;
    }

    /** All in this one state. */
    public SampleSite state(TcpState state) {
        builder.states(Map.of(state, count));
        return this;
    }

    /** As of sockets that are not TCP sockets. */
    public SampleSite withoutState() {
        builder.states(Map.of());
        return this;
    }

    public SampleSite protocol(@Nullable Protocol protocol) {
        builder.protocol(protocol);
        return this;
    }

    public SampleSite recvQ(long min, long max) {
        builder.recvQ(new Site.Range(min, max));
        return this;
    }

    public SampleSite sendQ(long min, long max) {
        builder.sendQ(new Site.Range(min, max));
        return this;
    }

    /** The most frequent of so many remote addresses. */
    public SampleSite remotes(int inAll, Site.RemoteCount... remotes) {
        builder.remotes(List.of(remotes));
        builder.remoteCount(inAll);
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
        builder.eof(eof);
        return this;
    }

    public SampleSite opened(Site.@Nullable Place opened) {
        builder.opened(opened);
        return this;
    }

    public SampleSite closing(Site.@Nullable Place closing) {
        builder.closing(closing);
        return this;
    }

    public SampleSite listener(Site.@Nullable Place listener) {
        builder.listener(listener);
        return this;
    }

    public SampleSite current(Site.@Nullable Place current) {
        builder.current(current);
        return this;
    }

    public SampleSite lastUse(Site.@Nullable Place lastUse) {
        builder.lastUse(lastUse);
        return this;
    }

    public SampleSite medianSince(@Nullable Instant medianSince) {
        builder.medianSince(medianSince);
        return this;
    }

    public SampleSite inLastMinute(@Nullable Integer inLastMinute) {
        builder.inLastMinute(inLastMinute);
        return this;
    }

    public SampleSite flow(Site.@Nullable Flow flow) {
        builder.flow(flow);
        return this;
    }

    public SampleSite evidence(String... evidence) {
        builder.evidence(List.of(evidence));
        return this;
    }

    public SampleSite estimatedCount(int estimatedCount) {
        builder.estimatedCount(estimatedCount);
        return this;
    }

    public Site build() {
        return builder.build();
    }
}
