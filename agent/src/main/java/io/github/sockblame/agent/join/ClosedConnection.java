// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.join;

import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.ledger.ConnectionEndpoints;
import org.jspecify.annotations.Nullable;

/**
 * A connection that the program has closed.
 *
 * @param endpoints its addresses
 * @param accepted whether it was accepted
 * @param opened its opening; null if it was open before the agent
 * @param closing its close request; null if the agent did not see it
 * @param closedMillis when it was closed, in milliseconds since the epoch
 * @param weight the number of connections closed at about that time that it represents
 */
public record ClosedConnection(
        ConnectionEndpoints endpoints,
        boolean accepted,
        @Nullable CapturedEvent opened,
        @Nullable CapturedEvent closing,
        long closedMillis,
        double weight) {}
