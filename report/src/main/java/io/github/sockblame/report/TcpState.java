// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's TCP states, in the order and with the numbers of {@code include/net/tcp_states.h}.
 *
 * <p>{@link #CLOSE} has no row in {@code ss} or in {@code /proc/net/tcp}: an open descriptor in that state is either
 * not yet connected or dead.
 */
public enum TcpState {
    ESTABLISHED(1, "ESTAB"),
    SYN_SENT(2, "SYN-SENT"),
    SYN_RECV(3, "SYN-RECV"),
    FIN_WAIT1(4, "FIN-WAIT-1"),
    FIN_WAIT2(5, "FIN-WAIT-2"),
    TIME_WAIT(6, "TIME-WAIT"),
    CLOSE(7, "UNCONN"),
    CLOSE_WAIT(8, "CLOSE-WAIT"),
    LAST_ACK(9, "LAST-ACK"),
    LISTEN(10, "LISTEN"),
    CLOSING(11, "CLOSING");

    private static final TcpState[] BY_NUMBER = new TcpState[16];

    static {
        for (TcpState state : values()) {
            BY_NUMBER[state.number] = state;
        }
    }

    private final int number;
    private final String ssName;

    TcpState(int number, String ssName) {
        this.number = number;
        this.ssName = ssName;
    }

    /** Returns the state with this kernel number; null for a number that this version does not have. */
    public static @Nullable TcpState ofNumber(int number) {
        return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : null;
    }

    /**
     * Returns the state with this name, in the spelling of {@code ss} or of the kernel, in upper or lower case, with
     * {@code -} or {@code _}; null if none has it.
     */
    public static @Nullable TcpState ofName(String name) {
        String wanted = name.toUpperCase(Locale.ROOT).replace('_', '-');
        for (TcpState state : values()) {
            if (state.ssName.equals(wanted) || state.name().replace('_', '-').equals(wanted)) {
                return state;
            }
        }
        return null;
    }

    /** Returns whether a socket in this state is, or just was, one end of an established connection. */
    public boolean hasPeer() {
        return this != CLOSE && this != LISTEN && this != SYN_SENT && this != SYN_RECV;
    }

    /** Returns whether a connection in this state has certainly not received the peer's FIN. */
    public boolean isBeforePeerFin() {
        return this == ESTABLISHED || this == FIN_WAIT1 || this == FIN_WAIT2;
    }

    /** The kernel's number, as in {@code /proc/net/tcp} and in {@code tcpi_state}. */
    public int number() {
        return number;
    }

    /** The spelling that {@code ss} prints. */
    public String ssName() {
        return ssName;
    }

    /** The spelling of {@code ss}'s state filters: {@code close-wait}. */
    public String filterName() {
        return ssName.toLowerCase(Locale.ROOT);
    }
}
