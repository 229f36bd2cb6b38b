// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.hook;

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
    DESCRIPTOR_SEEN("open"),
    DESCRIPTOR_FIELD_SEEN("open"),
    CHANNEL_CREATED("channel created"),
    SOCKET_IMPL_CREATED("threads of a socket"),
    READ("EOF"),
    READ_VECTOR("EOF"),
    READ_HANDLER("EOF handler"),
    READ_TLS("TLS EOF"),
    WRITE("write"),
    CLOSE_REQUEST("close request"),
    SOCKET_CLOSE_REQUEST("close request"),
    PRE_CLOSE("close of a blocked socket"),
    CLOSE("close"),
    CLASSIC_OPEN("open"),
    CLASSIC_CONNECT("connect"),
    CLASSIC_READ("EOF"),
    CLASSIC_PRE_CLOSE("close of a blocked socket"),
    CLASSIC_CLOSE("close"),
    CLOSED_BY_CLEANER("collected without close"),
    NATIVE_OPEN("open"),
    NATIVE_LISTEN("listen"),
    NATIVE_ACCEPT("accept"),
    NATIVE_READ("EOF"),
    NATIVE_RECEIVE("EOF"),
    NATIVE_CLOSE("close"),
    NATIVE_CLOSE_UNMARKED("close"),
    IO_URING_ACCEPT("accept"),
    IO_URING_READ("EOF");

    private final String label;

    HookedEvent(String words) {
        this.label = words;
    }

    /** The event as it is printed. */
    public String label() {
        return label;
    }
}
