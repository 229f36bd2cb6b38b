// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import io.github.sockblame.agent.ledger.CallStack;

/** What earlier looks say of the connections that were opened at one place. */
public interface PeakConnections {

    /** The most of them that were ever seen established at the same time, while any was open. */
    int mostEstablished(CallStack opening);
}
