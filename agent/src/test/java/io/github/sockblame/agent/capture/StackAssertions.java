// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.capture;

import io.github.sockblame.agent.ledger.StackResolution;
import io.github.sockblame.agent.ledger.TrackedSocket;

/** What is known of the stacks of a record. */
public final class StackAssertions {

    private StackAssertions() {}

    /** Whether each of them has its frames. */
    public static boolean areResolved(TrackedSocket socket) {
        return StackResolution.isResolved(socket, Long.MAX_VALUE);
    }
}
