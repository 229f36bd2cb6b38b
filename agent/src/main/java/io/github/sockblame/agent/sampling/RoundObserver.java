// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.TcpState;
import org.jspecify.annotations.Nullable;

/** Receives all sockets of the process in each round. Rounds do not overlap. */
interface RoundObserver {

    /** The socket is not in the state of a leak, or not for longer than the grace period. */
    long NO_SUSPECT = -1;

    /** Begins a round, and drops the figures of a round that did not end. */
    void beginRound();

    /**
     * Receives one socket of this round.
     *
     * @param socket null if it is not tracked, or tracked and without an answer
     * @param state null if it is no TCP socket, or did not answer
     * @param suspectMillis for how long the socket has been in the state of a leak, in milliseconds, if that is longer
     *     than the grace period; otherwise {@link #NO_SUSPECT}
     */
    void observe(@Nullable TrackedSocket socket, @Nullable TcpState state, long suspectMillis);

    /**
     * Ends the round, after all its sockets.
     *
     * @param nowMillis the time of the round, in milliseconds since the epoch
     */
    void endRound(long nowMillis);
}
