// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

/** The kernel's kind of a socket. */
public enum Protocol {
    TCP("TCP"),
    UDP("UDP"),
    /** A Unix-domain socket. */
    UNIX("Unix"),
    /** Any other: raw, packet, netlink, or one without a row in the kernel's tables. */
    OTHER("other");

    private final String word;

    Protocol(String word) {
        this.word = word;
    }

    /** Returns whether a socket of this kind may be one of TCP: {@link #OTHER} also has those whose kind is unknown. */
    public boolean mayBeTcp() {
        return this != UDP && this != UNIX;
    }

    /** The word as it is printed. */
    public String word() {
        return word;
    }
}
