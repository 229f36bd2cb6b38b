// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import io.github.sockblame.agent.ledger.CallStack;

/** Figures of earlier rounds on the connections of each opening place. */
public interface PeakConnections {

    /** The largest number of them that were established at the same time, while any was open. */
    int mostEstablished(CallStack opening);
}
