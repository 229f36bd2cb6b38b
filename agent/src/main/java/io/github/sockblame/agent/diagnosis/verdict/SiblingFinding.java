// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.verdict;

/** What the siblings of a connection show: those with the same opening stack and the same remote address. */
public enum SiblingFinding {
    /** A pool opened another connection while this one was idle. */
    PASSED_OVER(
            "a connection was opened to the same address while these were idle: a pool that had them would have lent"
                    + " one of them"),

    /** One thread opened them one after another, and had no need of two at once. */
    OPENED_BY_ONE_THREAD(
            "one thread opened them one after another: a pool that had the earlier ones would have lent one"
                    + " of them"),

    /** There are several, and the place has not closed one. */
    NONE_CLOSED("a pool opened them, and none from this place to this address was ever closed: they lie in the pool, or"
            + " were never given back"),

    /** A pool opened another connection to the same host, on another port, while this one was idle. */
    PASSED_OVER_AT_HOST(
            "a connection was opened to another port of the same host while these were idle: they lie in a pool, or"
                    + " were never given back"),

    /** A pool opened them ahead of their use, and then code of the program used them. */
    LENT("a pool opened them ahead of their use, and code of the program used them last: they lie in the pool, or were"
            + " never given back"),

    /** A pool opened it ahead of its use. */
    OPENED_AHEAD("a thread of the pool opened them ahead of their use"),

    /** Nothing shows that it is not in its pool. */
    AT_REST("a pool opened them, and no later connection shows that it has lost them");

    private final String sentence;

    SiblingFinding(String sentence) {
        this.sentence = sentence;
    }

    /** The finding in words, lower case, without a full stop. */
    public String sentence() {
        return sentence;
    }
}
