// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One open socket of the process: the kernel's figures, and the agent's record.
 *
 * @param fd file descriptor number
 * @param inode the kernel's socket inode, the join key to {@code /proc}
 * @param protocol the kernel's kind of the socket
 * @param state TCP state; null if it is no TCP socket or the agent could not read the state
 * @param local local address; null if the kernel has no row for the socket
 * @param remote remote address. If the connection is over and has no row, it is the address that the JDK remembers, or
 *     null if the JDK has none. For a listener and for a UDP socket without a peer it is the address "any", with port 0
 * @param recvQ Recv-Q as {@code ss} prints it, in bytes; null if unknown. In LISTEN it is the number of connections
 *     that wait for accept; for UDP it is the memory that the waiting datagrams take
 * @param sendQ Send-Q as {@code /proc} has it, in bytes; null if unknown
 * @param origin how the socket came into this process
 * @param opened the opening stack; null for an adopted or untracked socket
 * @param listenerOpened for an accepted connection, the opening of its listener; null if the agent did not see it
 * @param eof the first time that the program read EOF; null if the agent did not see that. For an asynchronous channel,
 *     its handler is on top of the stack of the thread that read
 * @param closeNotify the first time that the program read the EOF of TLS; with a close_notify this comes before the FIN is
 *     read
 * @param closing the first time that the program requested the close, while the descriptor is still open
 * @param current the thread that is inside an operation on the socket now, with its stack; null if there is none, if
 *     the agent did not check, or if it cannot find out
 * @param lastUsedAt the last read or write of the program; null if the agent saw none. The agent records it only while
 *     some connection is in CLOSE_WAIT
 * @param lastUse the last read or write whose thread and stack the agent captured; null if there is none. If
 *     {@code lastUsedAt} is later, there was a later use without a capture. Last-use tracking begins when connections of
 *     the same place become suspects
 * @param stateSince since when it has been in {@code state}, as far as the agent saw; the true change may be earlier.
 *     For a socket without a state, and for an UNACCEPTED listener, it is since when the verdict holds; null if there
 *     is none
 * @param verdict the verdict
 * @param confidence certainty of the verdict
 * @param site number of its {@link Site}, if its verdict puts it into one
 * @param weight sampling weight: the number of sockets that its opening stack represents. The option
 *     {@code capture.budget} picks that stack at random among those with the same endpoint. It is 0 if its own stack
 *     was skipped, and null if no stack was
 */
public record Socket(
        int fd,
        long inode,
        Protocol protocol,
        @Nullable TcpState state,
        @Nullable Endpoint local,
        @Nullable Endpoint remote,
        @Nullable Long recvQ,
        @Nullable Long sendQ,
        Origin origin,
        @Nullable Event opened,
        @Nullable Event listenerOpened,
        @Nullable Event eof,
        @Nullable Event closeNotify,
        @Nullable Event closing,
        @Nullable Event current,
        @Nullable Instant lastUsedAt,
        @Nullable Event lastUse,
        @Nullable Instant stateSince,
        Verdict verdict,
        Confidence confidence,
        @Nullable Integer site,
        @Nullable Integer weight)
        implements SocketRow {

    public Socket {
        requireNonNull(protocol, "protocol");
        requireNonNull(origin, "origin");
        requireNonNull(verdict, "verdict");
        requireNonNull(confidence, "confidence");
    }

    /** Returns the first time that the program read EOF, the kernel's or that of TLS; null if it did not. */
    public @Nullable Event eofOrCloseNotify() {
        return eof != null ? eof : closeNotify;
    }

    /** Returns the event of the code in this role; null if there is none. The EOF may be the one of TLS. */
    public @Nullable Event event(StackRole role) {
        return switch (role) {
            case CURRENT -> current;
            case EOF -> eofOrCloseNotify();
            case LAST_USE -> lastUse;
            case OPENED -> opened;
            case CLOSING -> closing;
            case LISTENER -> listenerOpened;
        };
    }

    @Override
    public boolean has(SocketEvent event) {
        return event(event) != null;
    }

    @Override
    public long millis(SocketEvent event) {
        Event found = event(event);
        return found == null ? NO_TIME : found.at().toEpochMilli();
    }

    @Override
    public String thread(SocketEvent event) {
        return requireNonNull(event(event), "event").thread();
    }

    @Override
    public int stack(SocketEvent event) {
        return requireNonNull(event(event), "event").stack();
    }

    @Override
    public long lastUsedMillis() {
        return lastUsedAt == null ? NO_TIME : lastUsedAt.toEpochMilli();
    }

    @Override
    public long stateSinceMillis() {
        return stateSince == null ? NO_TIME : stateSince.toEpochMilli();
    }

    private @Nullable Event event(SocketEvent event) {
        return switch (event) {
            case OPENED -> opened;
            case LISTENER_OPENED -> listenerOpened;
            case EOF -> eof;
            case CLOSE_NOTIFY -> closeNotify;
            case CLOSING -> closing;
            case CURRENT -> current;
            case LAST_USE -> lastUse;
        };
    }

    /** Returns a builder without any part. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder with the parts of this one. */
    public Builder toBuilder() {
        return builder()
                .fd(fd)
                .inode(inode)
                .protocol(protocol)
                .state(state)
                .local(local)
                .remote(remote)
                .recvQ(recvQ)
                .sendQ(sendQ)
                .origin(origin)
                .opened(opened)
                .listenerOpened(listenerOpened)
                .eof(eof)
                .closeNotify(closeNotify)
                .closing(closing)
                .current(current)
                .lastUsedAt(lastUsedAt)
                .lastUse(lastUse)
                .stateSince(stateSince)
                .verdict(verdict)
                .confidence(confidence)
                .site(site)
                .weight(weight);
    }

    /**
     * Builds a socket part by part. Each method has the name of its component. A number without a value is 0, a list or map
     * is empty, and a component that may be null is null.
     */
    public static final class Builder {

        private int fd;
        private long inode;
        private @Nullable Protocol protocol;
        private @Nullable TcpState state;
        private @Nullable Endpoint local;
        private @Nullable Endpoint remote;
        private @Nullable Long recvQ;
        private @Nullable Long sendQ;
        private @Nullable Origin origin;
        private @Nullable Event opened;
        private @Nullable Event listenerOpened;
        private @Nullable Event eof;
        private @Nullable Event closeNotify;
        private @Nullable Event closing;
        private @Nullable Event current;
        private @Nullable Instant lastUsedAt;
        private @Nullable Event lastUse;
        private @Nullable Instant stateSince;
        private @Nullable Verdict verdict;
        private @Nullable Confidence confidence;
        private @Nullable Integer site;
        private @Nullable Integer weight;

        private Builder() {}

        public Builder fd(int fd) {
            this.fd = fd;
            return this;
        }

        public Builder inode(long inode) {
            this.inode = inode;
            return this;
        }

        public Builder protocol(Protocol protocol) {
            this.protocol = protocol;
            return this;
        }

        public Builder state(@Nullable TcpState state) {
            this.state = state;
            return this;
        }

        public Builder local(@Nullable Endpoint local) {
            this.local = local;
            return this;
        }

        public Builder remote(@Nullable Endpoint remote) {
            this.remote = remote;
            return this;
        }

        public Builder recvQ(@Nullable Long recvQ) {
            this.recvQ = recvQ;
            return this;
        }

        public Builder sendQ(@Nullable Long sendQ) {
            this.sendQ = sendQ;
            return this;
        }

        public Builder origin(Origin origin) {
            this.origin = origin;
            return this;
        }

        public Builder opened(@Nullable Event opened) {
            this.opened = opened;
            return this;
        }

        public Builder listenerOpened(@Nullable Event listenerOpened) {
            this.listenerOpened = listenerOpened;
            return this;
        }

        public Builder eof(@Nullable Event eof) {
            this.eof = eof;
            return this;
        }

        public Builder closeNotify(@Nullable Event closeNotify) {
            this.closeNotify = closeNotify;
            return this;
        }

        public Builder closing(@Nullable Event closing) {
            this.closing = closing;
            return this;
        }

        public Builder current(@Nullable Event current) {
            this.current = current;
            return this;
        }

        public Builder lastUsedAt(@Nullable Instant lastUsedAt) {
            this.lastUsedAt = lastUsedAt;
            return this;
        }

        public Builder lastUse(@Nullable Event lastUse) {
            this.lastUse = lastUse;
            return this;
        }

        public Builder stateSince(@Nullable Instant stateSince) {
            this.stateSince = stateSince;
            return this;
        }

        public Builder verdict(Verdict verdict) {
            this.verdict = verdict;
            return this;
        }

        public Builder confidence(Confidence confidence) {
            this.confidence = confidence;
            return this;
        }

        public Builder site(@Nullable Integer site) {
            this.site = site;
            return this;
        }

        public Builder weight(@Nullable Integer weight) {
            this.weight = weight;
            return this;
        }

        /**
         * Builds the socket.
         *
         * @throws NullPointerException if a part is missing that must not be null
         */
        public Socket build() {
            return new Socket(
                    fd,
                    inode,
                    requireNonNull(protocol, "protocol"),
                    state,
                    local,
                    remote,
                    recvQ,
                    sendQ,
                    requireNonNull(origin, "origin"),
                    opened,
                    listenerOpened,
                    eof,
                    closeNotify,
                    closing,
                    current,
                    lastUsedAt,
                    lastUse,
                    stateSince,
                    requireNonNull(verdict, "verdict"),
                    requireNonNull(confidence, "confidence"),
                    site,
                    weight);
        }
    }
}
