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

    /** The word as it is printed. */
    public String word() {
        return word;
    }
}
