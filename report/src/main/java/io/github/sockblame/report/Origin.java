// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

/** How a socket came to be in this process. */
public enum Origin {
    /** Opened by Java code that the agent saw. */
    OPENED,
    /** Accepted from a listener by Java code that the agent saw. */
    ACCEPTED,
    /** It was there before the agent, which has known it since something happened to it: an end of file, a close; no opening stack. */
    ADOPTED,
    /** Untracked: it was there before the agent was. */
    BEFORE_AGENT,
    /** Untracked: opened by native code, or by Java code that the agent does not see. */
    NOT_SEEN,
    /**
     * Untracked: one more descriptor of a socket that has another one, as {@code dup} makes it. Counted like any descriptor, and judged
     * under the other number.
     */
    DUPLICATE;

    /** Whether the agent has a record of the socket. */
    public boolean isTracked() {
        return this == OPENED || this == ACCEPTED || this == ADOPTED;
    }
}
