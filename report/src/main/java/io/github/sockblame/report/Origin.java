// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

/** How a socket came to be in this process. */
public enum Origin {
    /** Opened by Java code that the agent saw. */
    OPENED("opened by the program"),
    /** Accepted from a listener by Java code that the agent saw. */
    ACCEPTED("accepted by the program"),
    /**
     * It was open before the agent, or before its hooks. The agent has tracked it since a later event: an EOF, a close.
     * It has no opening stack.
     */
    ADOPTED("opened before the agent's hooks, and tracked since its first event"),
    /** Untracked: it was open before the agent. */
    BEFORE_AGENT("opened before the agent started"),
    /**
     * Untracked: it was open before the agent's hooks, which came late because there was too little stack or memory to
     * weave them.
     */
    BEFORE_HOOKS("opened before the agent's hooks, which came late"),
    /** Untracked: opened by native code, or by Java code that the agent does not see. */
    NOT_SEEN("opened by native code (the JDK's own included)"),
    /**
     * Untracked: one more descriptor of a socket that has another one, as {@code dup} makes it. It counts like any
     * descriptor; its verdict is under the other number.
     */
    DUPLICATE("duplicated from another descriptor");

    private final String meaning;

    Origin(String meaning) {
        this.meaning = meaning;
    }

    /** The origin in a few words, lower case, without a full stop. */
    public String meaning() {
        return meaning;
    }

    /** Whether the agent has a record of the socket. */
    public boolean isTracked() {
        return this == OPENED || this == ACCEPTED || this == ADOPTED;
    }
}
