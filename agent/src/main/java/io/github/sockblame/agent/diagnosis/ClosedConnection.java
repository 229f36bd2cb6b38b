// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import io.github.sockblame.agent.ledger.CapturedEvent;
import io.github.sockblame.agent.ledger.ConnectionEndpoints;
import org.jspecify.annotations.Nullable;

/**
 * A connection that the program has closed.
 *
 * @param ends its addresses
 * @param accepted whether it was accepted
 * @param opened who opened it; null if it was open before the agent
 * @param closing who asked for the close; null if that was not seen
 * @param closedMillis when it was closed, in milliseconds since the epoch
 * @param weight for how many of those that were closed at about that time it stands
 */
public record ClosedConnection(
        ConnectionEndpoints ends,
        boolean accepted,
        @Nullable CapturedEvent opened,
        @Nullable CapturedEvent closing,
        long closedMillis,
        double weight) {}
