// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.alert;

/**
 * One message to the user.
 *
 * @param kind the change of the condition
 * @param about the trigger's text; for an exhaustion {@link #EXHAUSTED}
 * @param text the problem, in one line
 */
public record Alert(Kind kind, String about, String text) {

    /** The condition of an alert without a trigger: the kernel refused a descriptor. */
    static final String EXHAUSTED = "no file descriptor left";

    /** The change of a condition. */
    public enum Kind {
        /** It holds now. */
        RAISED("alert"),
        /** Its figure has doubled since the last alert. */
        DOUBLED("alert doubled"),
        /** It still holds. */
        ONGOING("alert ongoing"),
        /** It no longer holds. */
        RESOLVED("alert resolved");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word as it is printed. */
        public String word() {
            return word;
        }
    }

    /** The whole line. */
    public String line() {
        return kind.word() + " (" + about + "): " + text;
    }
}
