// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

/** The events that a {@link Socket} may have; its components of the same names describe them. */
public enum SocketEvent {
    OPENED,
    LISTENER_OPENED,
    EOF,
    CLOSE_NOTIFY,
    CLOSING,
    CURRENT,
    LAST_USE
}
