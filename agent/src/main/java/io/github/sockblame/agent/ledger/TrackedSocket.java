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

    private static final AtomicReferenceFieldUpdater<TrackedSocket, @Nullable RareSocketState> RARE_STATE =
            AtomicReferenceFieldUpdater.newUpdater(TrackedSocket.class, RareSocketState.class, "rareSocketState");

    /* There is one of these for each connection of the program: what few of them have is in an object of its own. */
    private final int fd;
    private final int identity;
    private volatile @Nullable CapturedEvent opened;
    private volatile @Nullable CapturedEvent listenerOpened;
    private volatile @Nullable CapturedEvent endOfFile;
    private volatile @Nullable CapturedEvent closing;
    private volatile @Nullable WeakReference<Object> owner;
    private volatile @Nullable ListenerChannels listenerChannels;
    private volatile @Nullable RareSocketState rareSocketState;
    private volatile int ownerExpectedAt = NEVER;
    private volatile long lastUsedMillis;
    private volatile byte thinning;
    private volatile boolean accepted;
    private volatile boolean preClosed;

    TrackedSocket(
            int fd,
            int identity,
            @Nullable CapturedEvent opened,
            boolean accepted,
            @Nullable CapturedEvent listenerOpened) {
        this.fd = fd;
        this.identity = identity;
        this.opened = opened;
        this.accepted = accepted;
        this.listenerOpened = listenerOpened;
    }

    /** Made by hand, for a snapshot that no JVM took. */
    public TrackedSocket(
            int fd,
            @Nullable CapturedEvent opened,
            @Nullable CapturedEvent listenerOpened,
            @Nullable CapturedEvent endOfFile,
            @Nullable CapturedEvent closing) {
        this(fd, MADE_BY_HAND, opened, listenerOpened != null, listenerOpened);
        this.endOfFile = endOfFile;
        this.closing = closing;
    }

    /** Of the connections of one listener, whether their channels are heard of: not if the hook there is missing. */
    private static final class ListenerChannels {
        volatile boolean hookSeen;
    }

    /** The descriptor's number. */
    public int fd() {
        return fd;
    }

    /** The identity hash code of its descriptor object, which has nothing to do with who opened it; of those of native code always the same. */
    int identity() {
        return identity;
    }

    boolean hasIdentity(int identityOfDescriptor) {
        return identity == identityOfDescriptor;
    }

    private RareSocketState rareState() {
        RareSocketState known = rareSocketState;
        return known == null ? RareSocketState.NONE : known;
    }

    /** Two threads that are the first at once write at one place: that which is made first. */
    private RareSocketState ensureRareState() {
        RareSocketState known = rareSocketState;
        while (known == null) {
            RareSocketState fresh = new RareSocketState();
            known = RARE_STATE.compareAndSet(this, null, fresh) ? fresh : rareSocketState;
        }
        return known;
    }

    /** Where the descriptor came to be; null if it was there before the agent. */
    public @Nullable CapturedEvent opened() {
        return opened;
    }

    /**
     * For how many of those that were opened it stands by its opening stack: 1 unless {@link StackCapturer} had to leave some out; 0 if it is one of
     * those.
     */
    public int weight() {
        return thinning == LEFT_OUT || thinning == UNDECIDED ? 0 : 1 << thinning;
    }

    /** Whether it is not known yet if its opening stack is to be left out: nobody knows to whom it will be connected. */
    boolean isOpeningStackPending() {
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
    void setOpeningStack(@Nullable CapturedEvent captured, int standsFor) {
        if (captured == null) {
            thinning = LEFT_OUT;
        } else {
            opened = captured;
            thinning = (byte) standsFor;
        }
    }

    /** A channel, which no Cleaner closes. */
    private static final class ChannelReference extends WeakReference<Object> {

        ChannelReference(Object channel) {
            super(channel);
        }
    }

    /** The stack of its opening if that was taken and is resolved, as it is of all but the youngest; else null. */
    public @Nullable CallStack openingStack() {
        CapturedEvent known = opened;
        CallStack stack = known == null ? null : known.resolved();
        return stack == null || !stack.isCaptured() ? null : stack;
    }

    void setChannel(Object channel) {
        if (owner == null) {
            owner = new ChannelReference(channel);
        }
        ListenerChannels ofListener = accepted ? listenerChannels : null;
        if (ofListener != null && !ofListener.hookSeen) {
            ofListener.hookSeen = true;
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
        ListenerChannels ofListener = listener.channelsOfAccepted();
        listenerChannels = ofListener;
        ownerExpectedAt = ofListener.hookSeen ? (int) SocketProbe.errorCount() : NEVER;
    }

    private ListenerChannels channelsOfAccepted() {
        ListenerChannels known = listenerChannels;
        if (known == null) {
            known = new ListenerChannels();
            listenerChannels = known;
        }
        return known;
    }

    /**
     * Whether the channel around the descriptor is gone. No Cleaner closes such a channel, so nobody ever will. Always false for
     * sockets that are no channels, which a Cleaner does close.
     */
    public boolean isUnreachable() {
        WeakReference<Object> known = owner;
        return known instanceof ChannelReference && known.refersTo(null);
    }

    /**
     * Whether the descriptor was accepted for a channel, and no channel was made for it. Only said where it would have been heard: an
     * earlier connection of the same listener got its channel before our eyes, and no event was missed since.
     */
    public boolean isChannelMissing() {
        return owner == null && ownerExpectedAt == (int) SocketProbe.errorCount();
    }

    /** Whether it was accepted from a listener. */
    public boolean isAccepted() {
        return accepted;
    }

    /** For an accepted connection, where its listener was opened; null if that was not seen. */
    public @Nullable CapturedEvent listenerOpened() {
        return listenerOpened;
    }

    void setAcceptedFrom(@Nullable TrackedSocket listener) {
        accepted = true;
        if (listener != null) {
            listenerOpened = listener.opened;
        }
    }

    /** The kernel was asked to listen on this socket. */
    void recordListen(int backlog) {
        acceptsMade().setBacklog(backlog);
    }

    /** A connection was accepted from this socket by the calling thread. */
    void recordAccept(@Nullable CapturedEvent accept) {
        acceptsMade().recordAccept(accept);
    }

    /** What was accepted from it; null if it was never seen to listen or to accept. */
    public @Nullable AcceptStats accepts() {
        return rareState().accepts;
    }

    private AcceptStats acceptsMade() {
        AcceptStats known = accepts();
        return known != null ? known : ensureRareState().ensureAcceptStats();
    }

    /** A thread of an asynchronous channel's group is about to read, and will tell a handler of this class; null for a future. */
    void setPendingReadHandler(@Nullable String classOfHandler) {
        if (classOfHandler != null || rareState().readFor != null) {
            ensureRareState().readFor = classOfHandler;
        }
    }

    /** The first time that the program was told that the peer closed. */
    public @Nullable CapturedEvent endOfFile() {
        return endOfFile;
    }

    /** Two threads that read the end of file at once may both think they were first; either will do. */
    void recordEof(StackCapturer stackCapturer) {
        if (endOfFile == null) {
            endOfFile = stackCapturer.capture(rareState().readFor);
        }
    }

    /** The first time that the program was told by TLS that the peer closed, with or without a FIN. */
    public @Nullable CapturedEvent endOfTls() {
        return rareState().endOfTls;
    }

    void recordTlsEof(StackCapturer stackCapturer) {
        if (endOfTls() == null) {
            ensureRareState().endOfTls = stackCapturer.capture(null);
        }
    }

    /** Whether it is native code of a library that reads and writes, so that nobody sees it. */
    public boolean isNativeIo() {
        return identity == NATIVE;
    }

    /**
     * When the program last read from it, without being told of the end, or wrote to it, in milliseconds since the epoch; 0 if it was not
     * seen to. Heeded only while some connection is in CLOSE_WAIT; what native code does is never seen.
     */
    public long lastUsedMillis() {
        return lastUsedMillis;
    }

    void recordUse(LastUseCapture lastUseCapture, StackCapturer stackCapturer) {
        if (capturesUse() && lastUseCapture.tryAcquireStack()) {
            CapturedEvent use = stackCapturer.capture(null);
            ensureRareState().lastUse = use;
            lastUsedMillis = use.millis();
        } else {
            lastUsedMillis = MonotonicClock.millis();
        }
    }

    /**
     * Who last used it, as far as it was looked at that closely; null if it never was. If {@link #lastUsedMillis} is later it was used again,
     * and by whom was not seen.
     */
    public @Nullable CapturedEvent lastUse() {
        return rareState().lastUse;
    }

    /** Whether its uses are witnessed while there is a {@link LastUseCapture}. */
    public boolean capturesUse() {
        return rareState().lookedAtCloser;
    }

    /** Has its uses witnessed from now on. */
    public void startUseCapture() {
        ensureRareState().lookedAtCloser = true;
    }

    /** Its uses are witnessed no more. What was seen until now is kept. */
    public void stopUseCapture() {
        if (capturesUse()) {
            ensureRareState().lookedAtCloser = false;
        }
    }

    /** It is none of those that were meant: what was seen of its uses is let go. */
    public void discardUseCapture() {
        stopUseCapture();
        if (lastUse() != null) {
            ensureRareState().lastUse = null;
        }
    }

    /** The same, used at this time by hand, for a snapshot that no JVM took. */
    public TrackedSocket usedAt(long millis) {
        lastUsedMillis = millis;
        return this;
    }

    /** The same, used by hand. */
    public TrackedSocket usedBy(CapturedEvent use) {
        ensureRareState().lastUse = use;
        return usedAt(use.millis());
    }

    /** The first time that the program was told of the end, by the kernel's end of file or by TLS; null if it was not. */
    public @Nullable CapturedEvent eofEvent() {
        CapturedEvent byFile = endOfFile;
        return byFile != null ? byFile : endOfTls();
    }

    /** The first time that the program asked for the close. */
    public @Nullable CapturedEvent closing() {
        return closing;
    }

    void recordCloseRequest(CapturedEvent asked) {
        closing = asked;
    }

    /** It is one of those that {@link ClosedSocketSample} looks at when it is closed. */
    void markSampled() {
        ensureRareState().picked = true;
    }

    boolean isSampled() {
        return rareState().picked;
    }

    void setOpenSequence(long turn) {
        ensureRareState().tracedOpen = turn;
    }

    void setEofSequence(long turn) {
        ensureRareState().tracedEnd = turn;
    }

    void setCloseSequence(long turn) {
        RareSocketState noted = ensureRareState();
        noted.closedMillis = MonotonicClock.millis();
        noted.tracedClose = turn;
    }

    /** The turn of its opening in the {@link TraceRing}; 0 if it was not traced. */
    long tracedOpen() {
        return rareState().tracedOpen;
    }

    long tracedEnd() {
        return rareState().tracedEnd;
    }

    long tracedClose() {
        return rareState().tracedClose;
    }

    /** When its descriptor was closed, in milliseconds since the epoch; 0 if it is open, or if that was not traced. */
    public long closedMillis() {
        return rareState().closedMillis;
    }

    /** Whether the JDK has taken the socket away from the number already: what the kernel shows is the JDK's marker. */
    public boolean isPreClosed() {
        return preClosed;
    }

    void markPreClosed() {
        preClosed = true;
    }

    /** The addresses of the connection, noted at its close; null if it is open, or if they are not known. */
    public @Nullable ConnectionEndpoints ends() {
        return rareState().ends;
    }

    /** What it was connected to when it was closed. */
    void setEndpoints(@Nullable ConnectionEndpoints atClose) {
        ensureRareState().ends = atClose;
    }

    /** The same, by hand, for a snapshot that no JVM took. */
    public TrackedSocket closedWith(ConnectionEndpoints atClose) {
        setEndpoints(atClose);
        return this;
    }

    /** Resolves who opened and who closed it. */
    void resolveOpenAndClose(StackInterner pool) {
        resolve(opened, pool);
        resolve(closing, pool);
    }

    void resolve(StackInterner pool) {
        resolve(opened, pool);
        resolve(listenerOpened, pool);
        resolve(endOfFile, pool);
        resolve(endOfTls(), pool);
        resolve(closing, pool);
        resolve(lastUse(), pool);
        resolve(latestAccept(), pool);
    }

    private @Nullable CapturedEvent latestAccept() {
        AcceptStats ofListener = accepts();
        return ofListener == null ? null : ofListener.lastAccept();
    }

    private static void resolve(@Nullable CapturedEvent capturedEvent, StackInterner pool) {
        if (capturedEvent != null) {
            capturedEvent.resolve(pool);
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

    private static boolean isResolved(@Nullable CapturedEvent capturedEvent, long before) {
        return capturedEvent == null || capturedEvent.isResolved() || capturedEvent.millis() >= before;
    }
}
