// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

/**
 * What earlier looks say of a socket. Times are in milliseconds since the epoch, exact to the period of those looks, and 0 where they say
 * nothing.
 *
 * @param stateSince since when it is known to be in its TCP state
 * @param connected whether it was ever seen in a state that only a connection has, one with a peer
 * @param sendQSince since when its Send-Q is known to hold the same bytes, more than none
 * @param quietSince since when nothing in its row is known to have changed
 */
public record StateTimes(long stateSince, boolean connected, long sendQSince, long quietSince) {

    /** Of a socket that has no state. */
    static final StateTimes NONE = new StateTimes(0, false, 0, 0);

    /** The same of what is known to have been a connection. */
    StateTimes ofConnection() {
        return new StateTimes(stateSince, true, sendQSince, quietSince);
    }
}
