// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

/** What the kernel says a socket is. */
public enum Protocol {
    TCP,
    /** A Unix-domain socket. */
    UNIX,
    /** Any other: UDP, raw, netlink, or one of which the kernel tells nothing. */
    OTHER
}
