// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import java.util.List;

/** What the code of a stack did to a socket; in the order in which the {@linkplain Culprit culprit} is looked for. */
public enum StackRole {
    /** It is inside an operation on the socket now; of a listener, its acceptor stands there. */
    CURRENT,
    /** It read the EOF: the peer closed. */
    EOF,
    /** It read or wrote last. */
    LAST_USE,
    /** It opened or accepted the socket. */
    OPENED,
    /** It asked for the close. */
    CLOSING,
    /** It opened the listener that accepted the socket. */
    LISTENER;

    private static final List<StackRole> CURRENT_FIRST = List.of(values());
    private static final List<StackRole> CURRENT_LAST = List.of(EOF, LAST_USE, OPENED, CLOSING, LISTENER, CURRENT);

    /**
     * All roles in the order in which the stacks of a socket with this verdict are to be read.
     *
     * <p>A thread that is inside an operation is what the verdict is about, with two exceptions. The acceptor of a listener that is
     * {@link Verdict#UNACCEPTED} may stand anywhere. A thread that uses a socket without a verdict does nothing wrong.
     */
    public static List<StackRole> culpritFirst(Verdict verdict) {
        return verdict == Verdict.UNACCEPTED || verdict == Verdict.NONE ? CURRENT_LAST : CURRENT_FIRST;
    }
}
