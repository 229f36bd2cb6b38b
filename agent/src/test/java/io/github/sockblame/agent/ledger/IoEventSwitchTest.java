// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IoEventSwitchTest {

    private final FakeProbe probe = new FakeProbe();
    private final IoEventSwitch ioEvents = new IoEventSwitch(probe);

    @Test
    void itIsOffUntilAThreadNeedsTheEvents() {
        assertThat(ioEvents.isOn()).isFalse();
        ioEvents.ensureOn();
        assertThat(ioEvents.isOn()).isTrue();
        assertThat(probe.ioEventsEnabled).isTrue();
        ioEvents.switchOff();
        assertThat(ioEvents.isOn()).isFalse();
        assertThat(probe.ioEventsEnabled).isFalse();
    }

    @Test
    void aThreadThatFindsItOnDoesNotCallTheProbe() {
        ioEvents.ensureOn();
        ioEvents.ensureOn();
        assertThat(probe.switched).hasValue(1);
    }

    @Test
    void aRoundSwitchesOnWhateverIsRemembered() {
        ioEvents.ensureOn();
        probe.ioEventsEnabled = false; // an error came between the two writes
        ioEvents.switchOn();
        assertThat(probe.ioEventsEnabled).isTrue();
    }

    /** The memory is never on while the probe's flag is off, at whatever moment of a switch another thread switches. */
    @Test
    void concurrentSwitchesLeaveFlagAndMemoryEqual() {
        IoEventSwitch[] met = new IoEventSwitch[1];
        FakeProbe interrupting = new FakeProbe() {
            private boolean inside;

            @Override
            public void setIoEventsEnabled(boolean enabled) {
                if (!inside) {
                    inside = true;
                    if (enabled) {
                        met[0].switchOff();
                    } else {
                        met[0].ensureOn();
                    }
                    inside = false;
                }
                super.setIoEventsEnabled(enabled);
            }
        };
        met[0] = new IoEventSwitch(interrupting);
        met[0].ensureOn();
        assertThat(interrupting.ioEventsEnabled || !met[0].isOn()).isTrue();
        met[0].switchOn();
        assertThat(interrupting.ioEventsEnabled || !met[0].isOn()).isTrue();
        met[0].switchOff();
        assertThat(interrupting.ioEventsEnabled || !met[0].isOn()).isTrue();
    }
}
