// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument;

/** What is seen at a hooked method. */
enum HookedEvent {
    OPEN("open"),
    ACCEPT("accept"),
    ACCEPT_SOCKET("accept"),
    ACCEPT_ASYNC("accept"),
    PASS("open"),
    READ("end of file"),
    READ_VECTOR("end of file"),
    CLOSING("close asked for"),
    PRE_CLOSE("close of a blocked socket"),
    CLOSE("close");

    private final String words;

    HookedEvent(String words) {
        this.words = words;
    }

    /** The event as it is printed. */
    String words() {
        return words;
    }
}
