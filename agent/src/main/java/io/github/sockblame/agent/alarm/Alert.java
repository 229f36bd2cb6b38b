// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.alarm;

/**
 * Something that the user is told.
 *
 * @param kind what has become of it
 * @param about the trigger's text; of an exhaustion {@link #EXHAUSTED}
 * @param text what is the matter, in one line
 */
public record Alert(Kind kind, String about, String text) {

    /** What an alert is about that no trigger asked for: the kernel refused a descriptor. */
    static final String EXHAUSTED = "no file descriptor left";

    /** What has become of a condition. */
    public enum Kind {
        /** It holds now. */
        RAISED("alert"),
        /** There is twice as much of it as when it was told the last time. */
        DOUBLED("alert again"),
        /** It goes on. */
        LASTS("alert lasts"),
        /** It does not hold any more. */
        HEALED("healed");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As it is printed. */
        public String word() {
            return word;
        }
    }

    /** The whole line. */
    public String line() {
        return kind.word() + " (" + about + "): " + text;
    }
}
