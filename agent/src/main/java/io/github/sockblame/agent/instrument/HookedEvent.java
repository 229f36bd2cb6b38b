// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument;

/** The event of a hooked method. */
public enum HookedEvent {
    OPEN("open"),
    CONNECT("connect"),
    CONNECT_UNIX("connect"),
    LISTEN("listen"),
    BIND("listen"),
    ACCEPT("accept"),
    ACCEPT_SOCKET("accept"),
    ACCEPT_ASYNC("accept"),
    PASS("open"),
    PASS_FIELD("open"),
    OWNER("channel made"),
    IMPLEMENTATION("threads of a socket"),
    READ("end of file"),
    READ_VECTOR("end of file"),
    READ_HANDLER("handler of the end of file"),
    READ_TLS("end of TLS"),
    WRITE("write"),
    CLOSING("close asked for"),
    CLOSING_SOCKET("close asked for"),
    PRE_CLOSE("close of a blocked socket"),
    CLOSE("close"),
    CLASSIC_OPEN("open"),
    CLASSIC_CONNECT("connect"),
    CLASSIC_READ("end of file"),
    CLASSIC_PRE_CLOSE("close of a blocked socket"),
    CLASSIC_CLOSE("close"),
    COLLECTED("collected without close"),
    NATIVE_OPEN("open"),
    NATIVE_LISTEN("listen"),
    NATIVE_ACCEPT("accept"),
    NATIVE_READ("end of file"),
    NATIVE_RECEIVE("end of file"),
    NATIVE_CLOSE("close"),
    NATIVE_CLOSE_UNMARKED("close"),
    RING_ACCEPT("accept"),
    RING_READ("end of file");

    private final String label;

    HookedEvent(String words) {
        this.label = words;
    }

    /** The event as it is printed. */
    public String label() {
        return label;
    }
}
