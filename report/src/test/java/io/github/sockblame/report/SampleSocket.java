// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Builds a socket for a test: it has what it must have, and what is set here besides. */
public final class SampleSocket {

    private final int fd;
    private final Protocol protocol;
    private final @Nullable TcpState state;
    private long inode;
    private Origin origin = Origin.OPENED;
    private Verdict verdict = Verdict.NONE;
    private Confidence confidence = Confidence.CERTAIN;

    private @Nullable Endpoint local;
    private @Nullable Endpoint remote;
    private @Nullable Long recvQ;
    private @Nullable Long sendQ;
    private @Nullable Event opened;
    private @Nullable Event listenerOpened;
    private @Nullable Event eof;
    private @Nullable Event closeNotify;
    private @Nullable Event closing;
    private @Nullable Event current;
    private @Nullable Instant lastUsedAt;
    private @Nullable Event lastUse;
    private @Nullable Instant stateSince;
    private @Nullable Integer site;
    private @Nullable Integer weight;

    private SampleSocket(int fd, Protocol protocol, @Nullable TcpState state) {
        this.fd = fd;
        this.inode = 1000L + fd;
        this.protocol = protocol;
        this.state = state;
    }

    /** A TCP socket in this state, opened by the program; of the rest nothing is known. */
    public static SampleSocket tcp(int fd, TcpState state) {
        return new SampleSocket(fd, Protocol.TCP, state);
    }

    /** A socket of which no TCP state is known, opened by the program; of the rest nothing is known. */
    public static SampleSocket of(int fd, Protocol protocol) {
        return new SampleSocket(fd, protocol, null);
    }

    public SampleSocket inode(long inode) {
        this.inode = inode;
        return this;
    }

    public SampleSocket addresses(@Nullable Endpoint local, @Nullable Endpoint remote) {
        this.local = local;
        this.remote = remote;
        return this;
    }

    public SampleSocket queues(@Nullable Long recvQ, @Nullable Long sendQ) {
        this.recvQ = recvQ;
        this.sendQ = sendQ;
        return this;
    }

    public SampleSocket origin(Origin origin) {
        this.origin = origin;
        return this;
    }

    public SampleSocket opened(@Nullable Event opened) {
        this.opened = opened;
        return this;
    }

    public SampleSocket listenerOpened(@Nullable Event listenerOpened) {
        this.listenerOpened = listenerOpened;
        return this;
    }

    public SampleSocket eof(@Nullable Event eof) {
        this.eof = eof;
        return this;
    }

    public SampleSocket closeNotify(@Nullable Event endOfTls) {
        this.closeNotify = endOfTls;
        return this;
    }

    public SampleSocket closing(@Nullable Event closing) {
        this.closing = closing;
        return this;
    }

    public SampleSocket current(@Nullable Event current) {
        this.current = current;
        return this;
    }

    public SampleSocket lastUse(@Nullable Event lastUse) {
        this.lastUse = lastUse;
        return this;
    }

    public SampleSocket lastUsedAt(@Nullable Instant lastUsed) {
        this.lastUsedAt = lastUsed;
        return this;
    }

    public SampleSocket stateSince(@Nullable Instant stateSince) {
        this.stateSince = stateSince;
        return this;
    }

    public SampleSocket judged(Verdict verdict, Confidence confidence, @Nullable Integer site) {
        this.verdict = verdict;
        this.confidence = confidence;
        this.site = site;
        return this;
    }

    public SampleSocket weight(int standsFor) {
        this.weight = standsFor;
        return this;
    }

    public Socket build() {
        return new Socket(
                fd,
                inode,
                protocol,
                state,
                local,
                remote,
                recvQ,
                sendQ,
                origin,
                opened,
                listenerOpened,
                eof,
                closeNotify,
                closing,
                current,
                lastUsedAt,
                lastUse,
                stateSince,
                verdict,
                confidence,
                site,
                weight);
    }
}
