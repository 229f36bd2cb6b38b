// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import io.github.sockblame.agent.capture.CallStack;
import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.capture.StackCapturer;
import java.lang.ref.WeakReference;
import java.net.SocketImpl;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The agent's record of one open socket descriptor.
 *
 * <p>It has no reference to the descriptor or socket, and only a weak one to a channel. The identity hash code of the
 * {@link java.io.FileDescriptor} shows whether a later event belongs to the same descriptor, or to another one with the
 * same number. The number does not show it: the JDK does not reset the number in a closed descriptor, and closes some
 * descriptors twice at its upper layers.
 */
public final class TrackedSocket {

    /** The identity of a socket without a {@link java.io.FileDescriptor}: HotSpot gives no object the hash code 0. */
    static final int NATIVE = 0;

    /** In place of the weight's logarithm: the opening stack was skipped. */
    private static final byte SKIPPED = -1;

    /** In place of the weight's logarithm: the decision on the opening stack is pending. */
    private static final byte PENDING = -2;

    private static final AtomicReferenceFieldUpdater<TrackedSocket, @Nullable RareSocketState> RARE_STATE =
            AtomicReferenceFieldUpdater.newUpdater(TrackedSocket.class, RareSocketState.class, "rareSocketState");

    /*
     * There is one record for each connection of the program, so fields that few sockets need are in an object of their
     * own.
     */
    private final int fd;
    private final int identity;
    private volatile @Nullable CapturedEvent opened;
    private volatile @Nullable CapturedEvent listenerOpened;
    private volatile @Nullable CapturedEvent eof;
    private volatile @Nullable CapturedEvent closing;
    private volatile @Nullable WeakReference<Object> owner;
    private volatile @Nullable ListenerChannels listenerChannels;
    private volatile @Nullable RareSocketState rareSocketState;
    private volatile int channelExpectedAt = ListenerChannels.NO_MOMENT;
    private volatile long lastUsedMillis;
    private volatile byte log2Weight;
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

    /** The descriptor's number. */
    public int fd() {
        return fd;
    }

    /**
     * The identity hash code of its descriptor object, which does not depend on the code that opened it; all native
     * sockets have the same one.
     */
    int identity() {
        return identity;
    }

    boolean hasIdentity(int identityOfDescriptor) {
        return identity == identityOfDescriptor;
    }

    /** The state that few sockets have, to be read; the shared empty one if this socket has none. */
    RareSocketState rareState() {
        RareSocketState known = rareSocketState;
        return known == null ? RareSocketState.NONE : known;
    }

    /** The same, to be written. If two threads are the first at once, both write into the object that is made first. */
    RareSocketState ensureRareState() {
        RareSocketState known = rareSocketState;
        while (known == null) {
            RareSocketState fresh = new RareSocketState();
            known = RARE_STATE.compareAndSet(this, null, fresh) ? fresh : rareSocketState;
        }
        return known;
    }

    /** The opening; null if the socket was open before the agent. */
    public @Nullable CapturedEvent opened() {
        return opened;
    }

    /**
     * Sampling weight: the number of openings that its opening stack represents. It is 1 unless {@link StackCapturer}
     * had to skip some, and 0 if this one was skipped.
     */
    public int weight() {
        int log2 = log2Weight;
        return log2 == SKIPPED || log2 == PENDING ? 0 : 1 << log2;
    }

    /** Returns whether the decision on its opening stack is pending, because it has no remote address yet. */
    boolean isOpeningStackPending() {
        return log2Weight == PENDING;
    }

    /**
     * Defers the opening stack: the socket was opened without it, and the remote address will decide whether it is
     * captured.
     */
    void deferOpeningStack() {
        log2Weight = PENDING;
    }

    /**
     * Sets the opening stack that was captured later.
     *
     * @param captured the event that replaces the opening and has a stack
     * @param log2OfWeight the binary logarithm of its weight
     */
    void setOpeningStack(CapturedEvent captured, int log2OfWeight) {
        opened = captured;
        log2Weight = (byte) log2OfWeight;
    }

    /** Records that its opening stack is skipped. */
    void skipOpeningStack() {
        log2Weight = SKIPPED;
    }

    /**
     * The opening stack if it was captured and is resolved, as it is for all but the youngest sockets; otherwise null.
     */
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
        if (ofListener != null) {
            ofListener.recordChannel();
        }
    }

    void setSocketImpl(SocketImpl implementation) {
        if (owner == null) {
            owner = new WeakReference<>(implementation);
        }
    }

    /**
     * The channel or the implementation of a {@code java.net.Socket} around the descriptor; null if none has been seen,
     * or if it is collected.
     */
    public @Nullable Object owner() {
        WeakReference<Object> known = owner;
        return known == null ? null : known.get();
    }

    /**
     * Records that it was accepted for a channel. If no channel follows, that is evidence, provided that the listener's
     * earlier channels were seen.
     */
    void expectChannelFrom(TrackedSocket listener, ProbeControl probe) {
        ListenerChannels ofListener = listener.channelsOfAccepted(probe);
        listenerChannels = ofListener;
        channelExpectedAt = ofListener.moment();
    }

    private ListenerChannels channelsOfAccepted(ProbeControl probe) {
        ListenerChannels known = listenerChannels;
        if (known == null) {
            known = new ListenerChannels(probe);
            listenerChannels = known;
        }
        return known;
    }

    /**
     * Returns whether the channel around the descriptor is gone. No Cleaner closes such a channel, so it stays open for
     * good. Always false for sockets that are no channels, because a Cleaner does close them.
     */
    public boolean isUnreachable() {
        WeakReference<Object> known = owner;
        return known instanceof ChannelReference && known.refersTo(null);
    }

    /** Records the time at which the channel is found to be gone, once; for the rounds. */
    public void recordReachability(long nowMillis) {
        if (isUnreachable() && unreachableSince() == 0) {
            ensureRareState().unreachableSince = nowMillis;
        }
    }

    /**
     * Since when the channel is gone, as far as a round found it so, in milliseconds since the epoch; 0 if none did. The weak reference is
     * empty before a finalizer of the program runs, which may still close the channel.
     */
    public long unreachableSince() {
        return rareState().unreachableSince;
    }

    /**
     * Returns whether the descriptor was accepted for a channel, and no channel was made for it. True only if the agent
     * would have seen the channel: it saw the channel of an earlier connection of the same listener, and missed no
     * event since.
     */
    public boolean isChannelMissing() {
        ListenerChannels ofListener = listenerChannels;
        return owner == null && ofListener != null && ofListener.wouldBeSeenSince(channelExpectedAt);
    }

    /** Returns whether it was accepted from a listener. */
    public boolean isAccepted() {
        return accepted;
    }

    /** For an accepted connection, the opening of its listener; null if the agent did not see it. */
    public @Nullable CapturedEvent listenerOpened() {
        return listenerOpened;
    }

    void setAcceptedFrom(@Nullable TrackedSocket listener) {
        accepted = true;
        if (listener != null) {
            listenerOpened = listener.opened;
        }
    }

    /** Records a call of listen on this socket. */
    void recordListen(int backlog) {
        acceptsMade().setBacklog(backlog);
    }

    /** Records an accept of the calling thread from this socket. */
    void recordAccept(@Nullable CapturedEvent accept) {
        acceptsMade().recordAccept(accept);
    }

    /** The accepts from it; null if the agent never saw it listen or accept. */
    public @Nullable AcceptStats accepts() {
        return rareState().accepts;
    }

    private AcceptStats acceptsMade() {
        AcceptStats known = accepts();
        return known != null ? known : ensureRareState().ensureAcceptStats();
    }

    /** A thread of an asynchronous channel's group is about to read for a handler of this class; null for a future. */
    void setPendingReadHandler(@Nullable String classOfHandler) {
        if (classOfHandler != null || pendingReadHandler() != null) {
            ensureRareState().pendingReadHandler = classOfHandler;
        }
    }

    @Nullable String pendingReadHandler() {
        return rareState().pendingReadHandler;
    }

    /** The first time that the program read EOF. */
    public @Nullable CapturedEvent eof() {
        return eof;
    }

    /** Records the first EOF. If two threads read it at once, the record of either will do. */
    void recordEof(CapturedEvent eof) {
        setEofThread();
        this.eof = eof;
    }

    /**
     * Drops this EOF: the peer had not closed, so the program's own {@code shutdownInput} ended the read. A later EOF is
     * recorded as the first one.
     */
    public void discardEof(CapturedEvent known) {
        if (known == eof) {
            eof = null;
        }
    }

    /** The first time that the program read the EOF of TLS, with or without a FIN. */
    public @Nullable CapturedEvent closeNotify() {
        return rareState().closeNotify;
    }

    void recordTlsEof(CapturedEvent eof) {
        setEofThread();
        ensureRareState().closeNotify = eof;
    }

    private void setEofThread() {
        ensureRareState().eofThread = new WeakReference<>(Thread.currentThread());
    }

    /** The thread that read the EOF; null if none did, or if that thread was collected. */
    public @Nullable Thread eofThread() {
        WeakReference<Thread> known = rareState().eofThread;
        return known == null ? null : known.get();
    }

    /** Returns whether native code of a library reads and writes, so that the agent does not see it. */
    public boolean isNativeIo() {
        return identity == NATIVE;
    }

    /**
     * The last time that the program wrote to it or read from it without EOF, in milliseconds since the epoch; 0 if the
     * agent saw none. It is recorded only while some connection is in CLOSE_WAIT, and never for native code.
     */
    public long lastUsedMillis() {
        return lastUsedMillis;
    }

    /** Records a read or write by its time alone, in milliseconds since the epoch. */
    void recordUse(long millis) {
        lastUsedMillis = millis;
    }

    /** Records a read or write by its stack. */
    void recordUse(CapturedEvent use) {
        ensureRareState().lastUse = use;
        lastUsedMillis = use.millis();
    }

    /**
     * The last captured read or write; null if there was none. If {@link #lastUsedMillis} is later, there was a later
     * use without a capture.
     */
    public @Nullable CapturedEvent lastUse() {
        return rareState().lastUse;
    }

    /** Returns whether its uses are captured while there is a {@link LastUseCapture}. */
    public boolean capturesUse() {
        return rareState().capturesUse;
    }

    /** Starts the capture of its uses. */
    public void startUseCapture() {
        ensureRareState().capturesUse = true;
    }

    /** Stops the capture of its uses. Earlier captures are kept. */
    public void stopUseCapture() {
        if (capturesUse()) {
            ensureRareState().capturesUse = false;
        }
    }

    /** Stops the capture of its uses and drops the earlier ones, because the socket is not from a tracked place. */
    public void discardUseCapture() {
        stopUseCapture();
        if (lastUse() != null) {
            ensureRareState().lastUse = null;
        }
    }

    /** The first time that the program read EOF, the kernel's or that of TLS; null if it did not. */
    public @Nullable CapturedEvent eofOrCloseNotify() {
        CapturedEvent ofKernel = eof;
        return ofKernel != null ? ofKernel : closeNotify();
    }

    /** The first time that the program requested the close. */
    public @Nullable CapturedEvent closing() {
        return closing;
    }

    void recordCloseRequest(CapturedEvent request) {
        closing = request;
    }

    /** Adds it to the sample of {@link ClosedSocketSample} when it is closed. */
    void markSampled() {
        ensureRareState().sampled = true;
    }

    boolean isSampled() {
        return rareState().sampled;
    }

    /** The time of its close, in milliseconds since the epoch; 0 if it is open, or if the close was not traced. */
    public long closedMillis() {
        return rareState().closedMillis;
    }

    /**
     * Returns whether the JDK has already taken the socket away from the number: the kernel's data is then that of the
     * JDK's marker.
     */
    public boolean isPreClosed() {
        return preClosed;
    }

    void markPreClosed() {
        preClosed = true;
    }

    /** The addresses of the connection, read at its close; null if it is open, or if they are unknown. */
    public @Nullable ConnectionEndpoints endpoints() {
        return rareState().endpoints;
    }

    /** Records the addresses of the connection at its close. */
    void setEndpoints(@Nullable ConnectionEndpoints atClose) {
        ensureRareState().endpoints = atClose;
    }
}
