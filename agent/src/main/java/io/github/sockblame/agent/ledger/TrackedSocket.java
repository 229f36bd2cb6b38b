// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import io.github.sockblame.probe.SocketProbe;
import java.lang.ref.WeakReference;
import java.net.SocketImpl;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one open socket descriptor.
 *
 * <p>No reference to the descriptor or socket, and of a channel only a weak one. That a later event means the same descriptor, and
 * not another that was given the same number meanwhile, is told by the identity hash code of the {@link java.io.FileDescriptor}: the
 * JDK does not reset the number in a closed one, and closes some of them twice at its upper layers.
 */
public final class TrackedSocket {

    private static final long NEVER = -1;
    private static final int MADE_BY_HAND = 1;

    /** The identity of no {@link java.io.FileDescriptor}: HotSpot gives no object the hash code 0. */
    static final int NATIVE = 0;

    private static final AtomicReferenceFieldUpdater<TrackedSocket, @Nullable Accepts> ACCEPTS =
            AtomicReferenceFieldUpdater.newUpdater(TrackedSocket.class, Accepts.class, "accepts");

    private final int fd;
    private final int identity;
    private final @Nullable Witness opened;
    private volatile @Nullable Witness listenerOpened;
    private volatile @Nullable Witness endOfFile;
    private volatile @Nullable Witness endOfTls;
    private volatile @Nullable Witness closing;
    private volatile @Nullable WeakReference<Object> owner;
    private volatile boolean accepted;
    private volatile @Nullable Channels channels;
    private volatile long ownerExpectedAt = NEVER;
    private volatile boolean preClosed;
    private volatile long usedMillis;
    private volatile boolean lookedAtCloser;
    private volatile @Nullable Witness lastUse;
    private volatile @Nullable Accepts accepts;
    private volatile @Nullable ConnectionEnds ends;
    private volatile long tracedOpen;
    private volatile long tracedEnd;
    private volatile long tracedClose;
    private volatile long closedMillis;

    /** Not volatile: it is asked for by the thread that wrote it. */
    private @Nullable String readFor;

    TrackedSocket(int fd, int identity, @Nullable Witness opened, boolean accepted, @Nullable Witness listenerOpened) {
        this.fd = fd;
        this.identity = identity;
        this.opened = opened;
        this.accepted = accepted;
        this.listenerOpened = listenerOpened;
    }

    /** Made by hand, for a snapshot that no JVM took. */
    public TrackedSocket(
            int fd,
            @Nullable Witness opened,
            @Nullable Witness listenerOpened,
            @Nullable Witness endOfFile,
            @Nullable Witness closing) {
        this(fd, MADE_BY_HAND, opened, listenerOpened != null, listenerOpened);
        this.endOfFile = endOfFile;
        this.closing = closing;
    }

    /** Of the connections of one listener, whether their channels are heard of: not if the hook there is missing. */
    private static final class Channels {
        volatile boolean areHeardOf;
    }

    /** The descriptor's number. */
    public int fd() {
        return fd;
    }

    boolean is(int identityOfDescriptor) {
        return identity == identityOfDescriptor;
    }

    /** Where the descriptor came to be; null if it was there before the agent. */
    public @Nullable Witness opened() {
        return opened;
    }

    /** A channel, which no Cleaner closes. */
    private static final class Unrescued extends WeakReference<Object> {

        Unrescued(Object channel) {
            super(channel);
        }
    }

    /** The stack of its opening if that is resolved, as it is of all but the youngest; else null. */
    public @Nullable CallStack openingStack() {
        return opened == null ? null : opened.resolved();
    }

    void isOwnedBy(Object channel) {
        if (owner == null) {
            owner = new Unrescued(channel);
        }
        Channels ofListener = accepted ? channels : null;
        if (ofListener != null && !ofListener.areHeardOf) {
            ofListener.areHeardOf = true;
        }
    }

    void isImplementedBy(SocketImpl implementation) {
        if (owner == null) {
            owner = new WeakReference<>(implementation);
        }
    }

    /** The channel or the implementation of a {@code java.net.Socket} around the descriptor; null if none is known, or if it is collected. */
    public @Nullable Object owner() {
        WeakReference<Object> known = owner;
        return known == null ? null : known.get();
    }

    /** It was accepted for a channel. That none is heard of will say something if the listener's earlier channels were. */
    void expectsOwner(TrackedSocket listener) {
        Channels ofListener = listener.channelsOfAccepted();
        channels = ofListener;
        ownerExpectedAt = ofListener.areHeardOf ? SocketProbe.errors() : NEVER;
    }

    private Channels channelsOfAccepted() {
        Channels known = channels;
        if (known == null) {
            known = new Channels();
            channels = known;
        }
        return known;
    }

    /**
     * Whether the channel around the descriptor is gone. No Cleaner closes such a channel, so nobody ever will. Always false for
     * sockets that are no channels, which a Cleaner does close.
     */
    public boolean isUnreachable() {
        WeakReference<Object> known = owner;
        return known instanceof Unrescued && known.refersTo(null);
    }

    /**
     * Whether the descriptor was accepted for a channel, and no channel was made for it. Only said where it would have been heard: an
     * earlier connection of the same listener got its channel before our eyes, and no event was missed since.
     */
    public boolean isWithoutOwner() {
        return owner == null && ownerExpectedAt == SocketProbe.errors();
    }

    /** Whether it was accepted from a listener. */
    public boolean isAccepted() {
        return accepted;
    }

    /** For an accepted connection, where its listener was opened; null if that was not seen. */
    public @Nullable Witness listenerOpened() {
        return listenerOpened;
    }

    void acceptedFrom(@Nullable TrackedSocket listener) {
        accepted = true;
        if (listener != null) {
            listenerOpened = listener.opened;
        }
    }

    /** The kernel was asked to listen on this socket. */
    void isListening(int backlog) {
        acceptsMade().listensWith(backlog);
    }

    /** A connection was accepted from this socket by the calling thread. */
    void hasAccepted(@Nullable Witness accept) {
        acceptsMade().add(accept);
    }

    /** What was accepted from it; null if it was never seen to listen or to accept. */
    public @Nullable Accepts accepts() {
        return accepts;
    }

    /** Two threads that accept at once, where the listening was not seen, count at one place: the first that is made. */
    private Accepts acceptsMade() {
        Accepts known = accepts;
        while (known == null) {
            Accepts fresh = new Accepts();
            known = ACCEPTS.compareAndSet(this, null, fresh) ? fresh : accepts;
        }
        return known;
    }

    /** A thread of an asynchronous channel's group is about to read, and will tell a handler of this class; null for a future. */
    void isReadFor(@Nullable String classOfHandler) {
        readFor = classOfHandler;
    }

    /** The first time that the program was told that the peer closed. */
    public @Nullable Witness endOfFile() {
        return endOfFile;
    }

    /** Two threads that read the end of file at once may both think they were first; either will do. */
    void sawEndOfFile() {
        if (endOfFile == null) {
            endOfFile = Witness.ofRead(readFor);
        }
    }

    /** The first time that the program was told by TLS that the peer closed, with or without a FIN. */
    public @Nullable Witness endOfTls() {
        return endOfTls;
    }

    void sawEndOfTls() {
        if (endOfTls == null) {
            endOfTls = Witness.here();
        }
    }

    /** Whether it is native code of a library that reads and writes, so that nobody sees it. */
    public boolean isUsedUnseen() {
        return identity == NATIVE;
    }

    /**
     * When the program last read from it, without being told of the end, or wrote to it, in milliseconds since the epoch; 0 if it was not
     * seen to. Heeded only while some connection is in CLOSE_WAIT; what native code does is never seen.
     */
    public long usedMillis() {
        return usedMillis;
    }

    void isUsed(CloserLook closerLook) {
        if (lookedAtCloser && closerLook.affordsStack()) {
            Witness use = Witness.here();
            lastUse = use;
            usedMillis = use.millis();
        } else {
            usedMillis = SteadyTime.millis();
        }
    }

    /**
     * Who last used it, as far as it was looked at that closely; null if it never was. If {@link #usedMillis} is later it was used again,
     * and by whom was not seen.
     */
    public @Nullable Witness lastUse() {
        return lastUse;
    }

    /** Whether its uses are witnessed while there is a {@link CloserLook}. */
    public boolean isLookedAtCloser() {
        return lookedAtCloser;
    }

    /** Has its uses witnessed from now on. */
    public void lookCloser() {
        lookedAtCloser = true;
    }

    /** Its uses are witnessed no more. What was seen until now is kept. */
    public void lookAway() {
        lookedAtCloser = false;
    }

    /** It is none of those that were meant: what was seen of its uses is let go. */
    public void overlook() {
        lookedAtCloser = false;
        lastUse = null;
    }

    /** The same, used at this time by hand, for a snapshot that no JVM took. */
    public TrackedSocket usedAt(long millis) {
        usedMillis = millis;
        return this;
    }

    /** The same, used by hand. */
    public TrackedSocket usedBy(Witness use) {
        lastUse = use;
        return usedAt(use.millis());
    }

    /** The first time that the program was told of the end, by the kernel's end of file or by TLS; null if it was not. */
    public @Nullable Witness toldOfEnd() {
        Witness byFile = endOfFile;
        return byFile != null ? byFile : endOfTls;
    }

    /** The first time that the program asked for the close. */
    public @Nullable Witness closing() {
        return closing;
    }

    void isClosing() {
        if (closing == null) {
            closing = Witness.here();
        }
    }

    void isTracedOpen(long turn) {
        tracedOpen = turn;
    }

    void isTracedEnd(long turn) {
        tracedEnd = turn;
    }

    void isTracedClose(long turn) {
        closedMillis = SteadyTime.millis();
        tracedClose = turn;
    }

    /** The turn of its opening in the {@link TraceRing}; 0 if it was not traced. */
    long tracedOpen() {
        return tracedOpen;
    }

    long tracedEnd() {
        return tracedEnd;
    }

    long tracedClose() {
        return tracedClose;
    }

    /** When its descriptor was closed, in milliseconds since the epoch; 0 if it is open, or if that was not traced. */
    public long closedMillis() {
        return closedMillis;
    }

    /** Whether the JDK has taken the socket away from the number already: what the kernel shows is the JDK's marker. */
    public boolean isPreClosed() {
        return preClosed;
    }

    void isPreClosedNow() {
        preClosed = true;
    }

    /** The addresses of the connection, noted at its close; null if it is open, or if they are not known. */
    public @Nullable ConnectionEnds ends() {
        return ends;
    }

    /** What it was connected to when it was closed. */
    void hadEnds(@Nullable ConnectionEnds atClose) {
        ends = atClose;
    }

    /** The same, by hand, for a snapshot that no JVM took. */
    public TrackedSocket closedWith(ConnectionEnds atClose) {
        ends = atClose;
        return this;
    }

    /** Resolves who opened and who closed it. */
    void resolveOpenAndClose(StackPool pool) {
        resolve(opened, pool);
        resolve(closing, pool);
    }

    void resolve(StackPool pool) {
        resolve(opened, pool);
        resolve(listenerOpened, pool);
        resolve(endOfFile, pool);
        resolve(endOfTls, pool);
        resolve(closing, pool);
        resolve(lastUse, pool);
        resolve(latestAccept(), pool);
    }

    private @Nullable Witness latestAccept() {
        Accepts ofListener = accepts;
        return ofListener == null ? null : ofListener.latest();
    }

    private static void resolve(@Nullable Witness witness, StackPool pool) {
        if (witness != null) {
            witness.resolve(pool);
        }
    }

    /** Whether everything that was witnessed before this time, in milliseconds since the epoch, is resolved. */
    boolean isResolved(long before) {
        return isResolved(opened, before)
                && isResolved(listenerOpened, before)
                && isResolved(endOfFile, before)
                && isResolved(endOfTls, before)
                && isResolved(closing, before)
                && isResolved(lastUse, before)
                && isResolved(latestAccept(), before);
    }

    private static boolean isResolved(@Nullable Witness witness, long before) {
        return witness == null || witness.isResolved() || witness.millis() >= before;
    }
}
