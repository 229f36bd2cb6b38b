// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

/** What is the matter with a connection, in one word. */
public enum Verdict {
    /** The peer closed, the program was told so ({@code read} returned -1), and nobody closed the descriptor. */
    FORGOTTEN(true, "saw the peer close, and did not close"),

    /**
     * The program closed the channel, and the descriptor is open still: no selector has flushed its key, or a thread is blocked in
     * it. A listener in that state goes on accepting.
     */
    ZOMBIE(true, "closed in Java, and the descriptor is open still"),

    /** The channel was collected without close. No Cleaner closes it, so the descriptor stays open for good. */
    COLLECTED(true, "nobody can reach it any more, so it can never be closed"),

    /** The JDK accepted the connection and lost it: the accepting thread was interrupted at that very moment. */
    LOST(true, "accepted, and lost inside the JDK: no channel was ever made for it"),

    /** The peer closed, and nobody has read since: the kernel still holds the FIN, or data and the FIN. */
    ABANDONED(true, "the peer closed; nobody has read since"),

    /**
     * The peer closed and the receive queue is empty, but the program was never seen to be told. A read that took the
     * last bytes took the FIN with them; the next read would say so. Not an accusation.
     */
    FIN_SWALLOWED(false, "the peer closed; the program was not seen to be told"),

    /**
     * A listener whose accept queue has been full, or nearly so, for longer than the grace time: clients connect, and nobody accepts
     * them. No descriptor leaks.
     */
    UNACCEPTED(false, "clients are connected, and nobody accepts them in time"),

    /** In CLOSE_WAIT for less than the grace time: normal. */
    FRESH(false, "the peer closed a moment ago"),

    /** Nothing is known against it. */
    NONE(false, "");

    private final boolean leak;
    private final String meaning;

    Verdict(boolean leak, String meaning) {
        this.leak = leak;
        this.meaning = meaning;
    }

    /** Whether connections with this verdict count as leaked. */
    public boolean isLeak() {
        return leak;
    }

    /** The verdict told in a few words, lower case, without a full stop. */
    public String meaning() {
        return meaning;
    }

    /** The word as it is printed: {@code FIN SWALLOWED}. */
    public String word() {
        return name().replace('_', ' ');
    }
}
