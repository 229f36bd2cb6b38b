// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import io.github.sockblame.probe.SocketProbe;

/** Events that the agent does not hear of. */
public final class MissedEvents {

    private MissedEvents() {}

    /** One of them: woven code could not call the probe. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // as woven code does it
    public static void event() {
        SocketProbe.droppedEvents++;
    }
}
