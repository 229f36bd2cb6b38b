// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

/** What the kernel says a socket is. */
public enum Protocol {
    TCP("TCP"),
    UDP("UDP"),
    /** A Unix-domain socket. */
    UNIX("Unix"),
    /** Any other: raw, packet, netlink, or one of which the kernel tells nothing. */
    OTHER("other");

    private final String word;

    Protocol(String word) {
        this.word = word;
    }

    /** The word as it is printed. */
    public String word() {
        return word;
    }
}
