// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

/*
 * Concurrency. The program's threads switch on after an EOF, and the watch thread switches off. Two variables change:
 * the memory here, and the probe's flag. A thread that switches on writes the memory first. The watch thread, when it
 * switches off, writes the memory last. So there is never a state that lasts in which the memory is on and the flag is
 * off. The opposite may happen, when a thread is interrupted between its two writes: then reads and writes have events
 * without need until the next switch.
 *
 * A thread that finds the memory on does not switch. It has recorded its EOF before. The watch thread looks for sockets
 * with an EOF after it has switched off, finds this one, and switches on again.
 */
/** Switches the events of each read and write on and off. Most calls find the switch as it should be. */
final class IoEventSwitch {

    private final ProbeControl probe;
    private volatile boolean on;

    IoEventSwitch(ProbeControl probe) {
        this.probe = probe;
    }

    boolean isOn() {
        return on;
    }

    /** Switches on if it is off; for the program's threads. */
    void ensureOn() {
        if (!on) {
            switchOn();
        }
    }

    /** Switches on, whatever the memory has. */
    void switchOn() {
        on = true;
        probe.setIoEventsEnabled(true);
    }

    /** Switches off. Then the caller must look for sockets that need the events. */
    void switchOff() {
        probe.setIoEventsEnabled(false);
        on = false;
    }
}
