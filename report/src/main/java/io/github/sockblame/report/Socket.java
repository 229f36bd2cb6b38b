// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One open socket of the process: what the kernel says of it, and what the agent remembers.
 *
 * @param fd file descriptor number
 * @param inode the kernel's socket inode, the join key to {@code /proc}
 * @param protocol what kind of socket the kernel says it is
 * @param state TCP state; null if it is no TCP socket or the state could not be read
 * @param local local address; null if the kernel has no row for the socket
 * @param remote remote address; of a connection that is over and has no row any more what the JDK remembers, and null if that is not known. Of a listener and of a UDP socket that is not
 *     connected it is the one for "any", with port 0
 * @param recvQ Recv-Q as {@code ss} prints it, in bytes (in LISTEN: connections not yet accepted; of UDP: the memory that the
 *     waiting datagrams take); null if unknown
 * @param sendQ Send-Q as {@code /proc} has it, in bytes; null if unknown
 * @param origin how it came to be
 * @param opened the opening stack; null for an adopted or untracked socket
 * @param listenerOpened for an accepted connection, the opening of its listener, if that was seen
 * @param eof the first time the program was told that the peer closed; null if it was not seen to be told. For an asynchronous
 *     channel its handler stands on top of the stack of the thread that read
 * @param endOfTls the first time that a read of TLS data told the program that the peer closed; a close_notify does so before the
 *     FIN is read
 * @param closing the first time the program asked for the close of a descriptor that is open still
 * @param current the thread that is inside an operation on it at this moment, and where it stands; null if none is, if it was not looked
 *     for, or if it cannot be known
 * @param lastUsed when the program last read from it or wrote to it; null if it was not seen to: it is heeded only while some
 *     connection is in CLOSE_WAIT
 * @param lastUse the last read or write that was witnessed, who and where; null if none was. If {@code lastUsed} is later, it was used again
 *     and by whom was not seen. Witnessed only on a closer look, which begins when connections of the same place are suspected
 * @param stateSince since when it is known to be in {@code state}; the true change may be earlier. Of a socket without a state,
 *     and of a listener that is UNACCEPTED, since when the verdict holds; null if there is none
 * @param verdict what is the matter with it
 * @param confidence how sure that is
 * @param site number of the {@link Site} that it belongs to, if its verdict puts it into one
 * @param standsFor for how many sockets its opening stack stands, picked at random among those with the same endpoint because of the option
 *     {@code capture.budget}; 0 if its own was not taken; null if the stacks of all were
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
        @Nullable Event endOfTls,
        @Nullable Event closing,
        @Nullable Event current,
        @Nullable Instant lastUsed,
        @Nullable Event lastUse,
        @Nullable Instant stateSince,
        Verdict verdict,
        Confidence confidence,
        @Nullable Integer site,
        @Nullable Integer standsFor) {

    public Socket {
        requireNonNull(protocol, "protocol");
        requireNonNull(origin, "origin");
        requireNonNull(verdict, "verdict");
        requireNonNull(confidence, "confidence");
    }

    /** The first time that the program was told that the peer closed, by the kernel's end of file or by TLS; null if it was not. */
    public @Nullable Event toldOfEnd() {
        return eof != null ? eof : endOfTls;
    }

    /** What the code of this role did; null if that is not known. The end of file may be the one of TLS. */
    public @Nullable Event event(StackRole role) {
        return switch (role) {
            case CURRENT -> current;
            case EOF -> toldOfEnd();
            case LAST_USE -> lastUse;
            case OPENED -> opened;
            case CLOSING -> closing;
            case LISTENER -> listenerOpened;
        };
    }

    /** The same socket as a member of this site. */
    public Socket inSite(int number) {
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
                endOfTls,
                closing,
                current,
                lastUsed,
                lastUse,
                stateSince,
                verdict,
                confidence,
                number,
                standsFor);
    }
}
