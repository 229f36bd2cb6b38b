// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

/** The agent's judgement on a connection, in one word. */
public enum Verdict {
    /**
     * The peer closed, the program read EOF ({@code read} returned -1), and the program did not close the descriptor.
     */
    FORGOTTEN(
            Severity.LEAK,
            "saw the peer close, and did not close",
            "close the connection where EOF is read, in a finally block or with try-with-resources"),

    /**
     * The program closed the channel, and the descriptor is still open, because no selector has flushed its key or a
     * thread is blocked in it. A listener in that state continues to accept.
     */
    ZOMBIE(
            Severity.LEAK,
            "closed in Java, but the descriptor is still open",
            "call selectNow() after closing, or close the selector"),

    /** The channel was collected without a close. No Cleaner closes it, so the descriptor stays open for good. */
    COLLECTED(
            Severity.LEAK,
            "unreachable, so the program can never close it",
            "close the channel before its last reference is gone, with try-with-resources"),

    /** The JDK accepted the connection and lost it, because the accepting thread was interrupted at that moment. */
    LOST(
            Severity.LEAK,
            "accepted, and lost inside the JDK: no channel was ever made for it",
            "do not interrupt a thread in accept; close the listener instead"),

    /** The peer closed, and the program has not read since: the kernel still holds the FIN, or data and the FIN. */
    ABANDONED(
            Severity.LEAK,
            "the peer closed; the program has not read since",
            "find the code that keeps the connection after its last use: a pool without eviction, an unfinished response, a queue that no thread serves"),

    /**
     * The connection is over and has no row in {@code ss}, but its descriptor is still open: after a reset, or after
     * both sides have closed. The agent did not see the program read EOF.
     */
    DEAD_FD(
            Severity.LEAK,
            "the connection is over, or its connect failed; the descriptor is still open, and ss does not list it",
            "close in a finally block, also after an IOException"),

    /**
     * A listener whose accept queue has been full, or nearly so, for longer than the grace period: clients connect, and
     * the program does not accept them. No descriptor leaks.
     */
    UNACCEPTED(
            Severity.TROUBLE,
            "clients are connected, but the program does not accept them in time",
            "check the acceptor's stack: it waits for a lock, a full pool or a connection limit, or an exception ended it"),

    /** A thread is inside an operation on it now, or the written data waits for a peer that does not read. */
    STUCK(
            Severity.TROUBLE,
            "in use, but without progress",
            "set a write timeout; find out why the other side does not read"),

    /** The peer answers neither data nor probes: it is gone, or the network to it is down. */
    PEER_SILENT(
            Severity.TROUBLE,
            "the peer does not answer",
            "set TCP keep-alive or a read timeout, so that the program gets an error"),

    /** A connect without an answer yet. */
    CONNECTING(
            Severity.TROUBLE,
            "connect was called, but the peer has not answered yet",
            "set a connect timeout; check whether the other side's accept queue is full"),

    /**
     * The peer closed and the receive queue is empty, but the agent did not see the program read EOF. A read that took
     * the last bytes took the FIN with them; the next read would return -1. Not an accusation.
     */
    FIN_SWALLOWED(Severity.NOTICE, "the peer closed; no read of EOF was seen", "nothing, unless the count grows"),

    /**
     * The peer closed it while it was idle in a pool, and the pool has not noticed yet. There are at most as many as
     * the pool ever had open at once.
     */
    STALE(
            Severity.NOTICE,
            "closed by the peer while idle in a pool; the pool notices at its next use",
            "nothing; or let the pool test its idle connections"),

    /** One side has closed its half, and the other has not. */
    HALF_CLOSED(
            Severity.NOTICE,
            "one side has closed its half, and the other has not",
            "nothing, unless it lasts longer than the exchange; then close it, or set a read timeout"),

    /** Established, and unchanged for a long time. A thread may be waiting for it, or may not. */
    IDLE(
            Severity.NORMAL,
            "established, without traffic for a long time",
            "nothing, unless the count grows; then find the code that opens them and the code that should close them"),

    /** In CLOSE_WAIT for less than the patience: normal. */
    FRESH(
            Severity.NORMAL,
            "the peer closed a moment ago",
            "nothing; ask again when the patience, twelve grace periods, is over"),

    /** There is no evidence against it. */
    NONE(Severity.NORMAL, "", "");

    /** The weight of a verdict, the heaviest first. */
    public enum Severity {
        /** A descriptor that does not close by itself. */
        LEAK,
        /** No leak, but a problem: a thread or a client waits. */
        TROUBLE,
        /** Useful information; not counted as a leak. */
        NOTICE,
        /** Normal. */
        NORMAL
    }

    private final Severity severity;
    private final String meaning;
    private final String advice;

    Verdict(Severity weight, String meaning, String advice) {
        this.severity = weight;
        this.meaning = meaning;
        this.advice = advice;
    }

    /** Returns whether the verdict means a leak, whatever its confidence. */
    public boolean isLeak() {
        return severity == Severity.LEAK;
    }

    /** Returns whether connections with this verdict count as leaked: a leak that is only possible does not. */
    public boolean isLeak(Confidence confidence) {
        return isLeak() && confidence != Confidence.POSSIBLE;
    }

    /** Returns the weight of the verdict. */
    public Severity severity() {
        return severity;
    }

    /** The verdict in a few words, lower case, without a full stop. */
    public String meaning() {
        return meaning;
    }

    /** The advice, as in docs/diagnoses.md: lower case, without a full stop; empty for {@link #NONE}. */
    public String advice() {
        return advice;
    }

    /** The word as it is printed: {@code FIN SWALLOWED}. */
    public String word() {
        return name().replace('_', ' ');
    }
}
