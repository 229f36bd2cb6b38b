// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

/**
 * Whether the agent sees the channels that the JDK makes for a listener's connections. It does not if the hook there is
 * missing. A listener and its connections share one object.
 */
final class ListenerChannels {

    /** The moment of a connection whose missing channel proves nothing. */
    static final int NO_MOMENT = -1;

    private final ProbeControl probe;
    private volatile boolean hookSeen;

    ListenerChannels(ProbeControl probe) {
        this.probe = probe;
    }

    /** Records that the agent saw the channel of a connection of this listener. */
    void recordChannel() {
        if (!hookSeen) {
            hookSeen = true;
        }
    }

    /**
     * The present moment, which counts missed events and not time; {@link #NO_MOMENT} if the agent has not yet seen any
     * channel of this listener's connections.
     */
    int moment() {
        return hookSeen ? (int) probe.missedEvents() : NO_MOMENT;
    }

    /** Returns whether the agent would have seen a channel that was made after this moment. */
    boolean wouldBeSeenSince(int moment) {
        return moment == (int) probe.missedEvents();
    }
}
