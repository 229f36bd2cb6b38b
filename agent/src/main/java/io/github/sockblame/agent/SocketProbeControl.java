// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.ledger.ProbeControl;
import io.github.sockblame.probe.SocketProbe;

/** The switches and the error count of the probe in the boot loader. */
final class SocketProbeControl implements ProbeControl {

    @Override
    public void setIoEventsEnabled(boolean enabled) {
        SocketProbe.setIoEventsEnabled(enabled);
    }

    @Override
    public void setConnectEventsEnabled(boolean enabled) {
        SocketProbe.setConnectEventsEnabled(enabled);
    }

    @Override
    public long missedEvents() {
        return SocketProbe.errorCount();
    }
}
