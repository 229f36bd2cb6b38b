// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Builds a socket for a test: it has what it must have, and what is set here besides. */
public final class SampleSocket {

    private final Socket.Builder builder;

    private SampleSocket(int fd, Protocol protocol, @Nullable TcpState state) {
        this.builder = Socket.builder()
                .fd(fd)
                .inode(1000L + fd)
                .protocol(protocol)
                .state(state)
                .origin(Origin.OPENED)
                .verdict(Verdict.NONE)
                .confidence(Confidence.CERTAIN);
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
        builder.inode(inode);
        return this;
    }

    public SampleSocket addresses(@Nullable Endpoint local, @Nullable Endpoint remote) {
        builder.local(local);
        builder.remote(remote);
        return this;
    }

    public SampleSocket queues(@Nullable Long recvQ, @Nullable Long sendQ) {
        builder.recvQ(recvQ);
        builder.sendQ(sendQ);
        return this;
    }

    public SampleSocket origin(Origin origin) {
        builder.origin(origin);
        return this;
    }

    public SampleSocket opened(@Nullable Event opened) {
        builder.opened(opened);
        return this;
    }

    public SampleSocket listenerOpened(@Nullable Event listenerOpened) {
        builder.listenerOpened(listenerOpened);
        return this;
    }

    public SampleSocket eof(@Nullable Event eof) {
        builder.eof(eof);
        return this;
    }

    public SampleSocket closeNotify(@Nullable Event closeNotify) {
        builder.closeNotify(closeNotify);
        return this;
    }

    public SampleSocket closing(@Nullable Event closing) {
        builder.closing(closing);
        return this;
    }

    public SampleSocket current(@Nullable Event current) {
        builder.current(current);
        return this;
    }

    public SampleSocket lastUse(@Nullable Event lastUse) {
        builder.lastUse(lastUse);
        return this;
    }

    public SampleSocket lastUsedAt(@Nullable Instant lastUsedAt) {
        builder.lastUsedAt(lastUsedAt);
        return this;
    }

    public SampleSocket stateSince(@Nullable Instant stateSince) {
        builder.stateSince(stateSince);
        return this;
    }

    public SampleSocket judged(Verdict verdict, Confidence confidence, @Nullable Integer site) {
        builder.verdict(verdict);
        builder.confidence(confidence);
        builder.site(site);
        return this;
    }

    public SampleSocket weight(int weight) {
        builder.weight(weight);
        return this;
    }

    public Socket build() {
        return builder.build();
    }
}
