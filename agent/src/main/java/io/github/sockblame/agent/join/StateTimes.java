// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.join;

/**
 * The history of a socket in earlier rounds. Times are in milliseconds since the epoch, exact to the period of the
 * rounds, and 0 if unknown.
 *
 * @param stateSince since when it has been in its TCP state
 * @param connected whether it was ever in a state that only a connection has, one with a peer; or, in state CLOSE,
 *     whether it had such a state or a connect that failed
 * @param sendQSince since when its Send-Q has held the same bytes, and at least one
 * @param quietSince since when no figure in its row has changed
 */
public record StateTimes(long stateSince, boolean connected, long sendQSince, long quietSince) {

    /** For a socket that has no state. */
    public static final StateTimes NONE = new StateTimes(0, false, 0, 0);

    /** The same for a socket that had a connection, or a connect that failed. */
    public StateTimes ofConnect() {
        return new StateTimes(stateSince, true, sendQSince, quietSince);
    }
}
