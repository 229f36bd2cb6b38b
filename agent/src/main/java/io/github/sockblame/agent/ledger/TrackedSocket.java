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

    private static final int NEVER = -1;
    private static final int MADE_BY_HAND = 1;

    /** The identity of no {@link java.io.FileDescriptor}: HotSpot gives no object the hash code 0. */
    static final int NATIVE = 0;

    /** In place of a binary logarithm: the opening stack was not taken. */
    private static final byte LEFT_OUT = -1;

    private static final byte UNDECIDED = -2;

    private static final AtomicReferenceFieldUpdater<TrackedSocket, @Nullable Particulars> PARTICULARS =
            AtomicReferenceFieldUpdater.newUpdater(TrackedSocket.class, Particulars.class, "particulars");

    /* There is one of these for each connection of the program: what few of them have is in an object of its own. */
    private final int fd;
    private final int identity;
    private volatile @Nullable Witness opened;
    private volatile @Nullable Witness listenerOpened;
    private volatile @Nullable Witness endOfFile;
    private volatile @Nullable Witness closing;
    private volatile @Nullable WeakReference<Object> owner;
    private volatile @Nullable Channels channels;
    private volatile @Nullable Particulars particulars;
    private volatile int ownerExpectedAt = NEVER;
    private volatile long usedMillis;
    private volatile byte thinning;
    private volatile boolean accepted;
    private volatile boolean preClosed;

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

    /** The identity hash code of its descriptor object, which has nothing to do with who opened it; of those of native code always the same. */
    int identity() {
        return identity;
    }

    boolean is(int identityOfDescriptor) {
        return identity == identityOfDescriptor;
    }

    private Particulars known() {
        Particulars known = particulars;
        return known == null ? Particulars.NONE : known;
    }

    /** Two threads that are the first at once write at one place: that which is made first. */
    private Particulars made() {
        Particulars known = particulars;
        while (known == null) {
            Particulars fresh = new Particulars();
            known = PARTICULARS.compareAndSet(this, null, fresh) ? fresh : particulars;
        }
        return known;
    }

    /** Where the descriptor came to be; null if it was there before the agent. */
    public @Nullable Witness opened() {
        return opened;
    }

    /**
     * For how many of those that were opened it stands by its opening stack: 1 unless {@link Captures} had to leave some out; 0 if it is one of
     * those.
     */
    public int standsFor() {
        return thinning == LEFT_OUT || thinning == UNDECIDED ? 0 : 1 << thinning;
    }

    /** Whether it is not known yet if its opening stack is to be left out: nobody knows to whom it will be connected. */
    boolean isUndecided() {
        return thinning == UNDECIDED;
    }

    /** It was opened without its stack, which may still be taken when it is known to whom it is connected. */
    void deferOpeningStack() {
        thinning = UNDECIDED;
    }

    /**
     * It is decided whether the opening stack is taken.
     *
     * @param captured the stack that stands for that of the opening; null if it is left out
     * @param standsFor the binary logarithm of how many openings it stands for
     */
    void setOpeningStack(@Nullable Witness captured, int standsFor) {
        if (captured == null) {
            thinning = LEFT_OUT;
        } else {
            opened = captured;
            thinning = (byte) standsFor;
        }
    }

    /** A channel, which no Cleaner closes. */
    private static final class Unrescued extends WeakReference<Object> {

        Unrescued(Object channel) {
            super(channel);
        }
    }

    /** The stack of its opening if that was taken and is resolved, as it is of all but the youngest; else null. */
    public @Nullable CallStack openingStack() {
        Witness known = opened;
        CallStack stack = known == null ? null : known.resolved();
        return stack == null || !stack.isTaken() ? null : stack;
    }

    void setChannel(Object channel) {
        if (owner == null) {
            owner = new Unrescued(channel);
        }
        Channels ofListener = accepted ? channels : null;
        if (ofListener != null && !ofListener.areHeardOf) {
            ofListener.areHeardOf = true;
        }
    }

    void setSocketImpl(SocketImpl implementation) {
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
    void expectChannelFrom(TrackedSocket listener) {
        Channels ofListener = listener.channelsOfAccepted();
        channels = ofListener;
        ownerExpectedAt = ofListener.areHeardOf ? (int) SocketProbe.errorCount() : NEVER;
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
        return owner == null && ownerExpectedAt == (int) SocketProbe.errorCount();
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
    void recordListen(int backlog) {
        acceptsMade().listensWith(backlog);
    }

    /** A connection was accepted from this socket by the calling thread. */
    void recordAccept(@Nullable Witness accept) {
        acceptsMade().add(accept);
    }

    /** What was accepted from it; null if it was never seen to listen or to accept. */
    public @Nullable Accepts accepts() {
        return known().accepts;
    }

    private Accepts acceptsMade() {
        Accepts known = accepts();
        return known != null ? known : made().acceptsMade();
    }

    /** A thread of an asynchronous channel's group is about to read, and will tell a handler of this class; null for a future. */
    void setPendingReadHandler(@Nullable String classOfHandler) {
        if (classOfHandler != null || known().readFor != null) {
            made().readFor = classOfHandler;
        }
    }

    /** The first time that the program was told that the peer closed. */
    public @Nullable Witness endOfFile() {
        return endOfFile;
    }

    /** Two threads that read the end of file at once may both think they were first; either will do. */
    void sawEndOfFile(Captures captures) {
        if (endOfFile == null) {
            endOfFile = captures.take(known().readFor);
        }
    }

    /** The first time that the program was told by TLS that the peer closed, with or without a FIN. */
    public @Nullable Witness endOfTls() {
        return known().endOfTls;
    }

    void sawEndOfTls(Captures captures) {
        if (endOfTls() == null) {
            made().endOfTls = captures.take(null);
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

    void recordUse(CloserLook closerLook, Captures captures) {
        if (isLookedAtCloser() && closerLook.tryAcquireStack()) {
            Witness use = captures.take(null);
            made().lastUse = use;
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
        return known().lastUse;
    }

    /** Whether its uses are witnessed while there is a {@link CloserLook}. */
    public boolean isLookedAtCloser() {
        return known().lookedAtCloser;
    }

    /** Has its uses witnessed from now on. */
    public void lookCloser() {
        made().lookedAtCloser = true;
    }

    /** Its uses are witnessed no more. What was seen until now is kept. */
    public void lookAway() {
        if (isLookedAtCloser()) {
            made().lookedAtCloser = false;
        }
    }

    /** It is none of those that were meant: what was seen of its uses is let go. */
    public void overlook() {
        lookAway();
        if (lastUse() != null) {
            made().lastUse = null;
        }
    }

    /** The same, used at this time by hand, for a snapshot that no JVM took. */
    public TrackedSocket usedAt(long millis) {
        usedMillis = millis;
        return this;
    }

    /** The same, used by hand. */
    public TrackedSocket usedBy(Witness use) {
        made().lastUse = use;
        return usedAt(use.millis());
    }

    /** The first time that the program was told of the end, by the kernel's end of file or by TLS; null if it was not. */
    public @Nullable Witness toldOfEnd() {
        Witness byFile = endOfFile;
        return byFile != null ? byFile : endOfTls();
    }

    /** The first time that the program asked for the close. */
    public @Nullable Witness closing() {
        return closing;
    }

    void recordCloseRequest(Witness asked) {
        closing = asked;
    }

    /** It is one of those that {@link Closes} looks at when it is closed. */
    void markSampled() {
        made().picked = true;
    }

    boolean wasPicked() {
        return known().picked;
    }

    void setOpenSequence(long turn) {
        made().tracedOpen = turn;
    }

    void setEofSequence(long turn) {
        made().tracedEnd = turn;
    }

    void setCloseSequence(long turn) {
        Particulars noted = made();
        noted.closedMillis = SteadyTime.millis();
        noted.tracedClose = turn;
    }

    /** The turn of its opening in the {@link TraceRing}; 0 if it was not traced. */
    long tracedOpen() {
        return known().tracedOpen;
    }

    long tracedEnd() {
        return known().tracedEnd;
    }

    long tracedClose() {
        return known().tracedClose;
    }

    /** When its descriptor was closed, in milliseconds since the epoch; 0 if it is open, or if that was not traced. */
    public long closedMillis() {
        return known().closedMillis;
    }

    /** Whether the JDK has taken the socket away from the number already: what the kernel shows is the JDK's marker. */
    public boolean isPreClosed() {
        return preClosed;
    }

    void markPreClosed() {
        preClosed = true;
    }

    /** The addresses of the connection, noted at its close; null if it is open, or if they are not known. */
    public @Nullable ConnectionEnds ends() {
        return known().ends;
    }

    /** What it was connected to when it was closed. */
    void setEndpoints(@Nullable ConnectionEnds atClose) {
        made().ends = atClose;
    }

    /** The same, by hand, for a snapshot that no JVM took. */
    public TrackedSocket closedWith(ConnectionEnds atClose) {
        setEndpoints(atClose);
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
        resolve(endOfTls(), pool);
        resolve(closing, pool);
        resolve(lastUse(), pool);
        resolve(latestAccept(), pool);
    }

    private @Nullable Witness latestAccept() {
        Accepts ofListener = accepts();
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
                && isResolved(endOfTls(), before)
                && isResolved(closing, before)
                && isResolved(lastUse(), before)
                && isResolved(latestAccept(), before);
    }

    private static boolean isResolved(@Nullable Witness witness, long before) {
        return witness == null || witness.isResolved() || witness.millis() >= before;
    }
}
