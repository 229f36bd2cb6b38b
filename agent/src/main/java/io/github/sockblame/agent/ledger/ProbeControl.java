// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

/**
 * The probe as the ledger sees it: two switches for events that cost something on each call, and the count of the
 * events that the ledger did not receive. The switches only turn events on and off. The ledger remembers by itself what
 * it has switched.
 */
public interface ProbeControl {

    /** Sets whether the ledger receives each read and write from now on, and not only EOF. */
    void setIoEventsEnabled(boolean enabled);

    /** Sets whether the ledger receives the remote address of each connect from now on. */
    void setConnectEventsEnabled(boolean enabled);

    /**
     * Events that an internal error dropped, for example at the end of a stack. If there are any, the absence of an
     * event proves nothing.
     */
    long missedEvents();
}
