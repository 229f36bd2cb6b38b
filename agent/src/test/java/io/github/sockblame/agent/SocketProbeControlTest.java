// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.probe.SocketListener;
import io.github.sockblame.probe.SocketProbe;
import java.io.FileDescriptor;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SocketProbeControlTest {

    private final FileDescriptor fd = new FileDescriptor();
    private final List<String> events = new ArrayList<>();
    private final SocketProbeControl control = new SocketProbeControl();

    @BeforeEach
    void listen() {
        SocketProbe.setListener((SocketListener) Proxy.newProxyInstance(
                SocketListener.class.getClassLoader(),
                new Class<?>[] {SocketListener.class},
                (self, method, arguments) -> {
                    events.add(method.getName());
                    return null;
                }));
    }

    @AfterEach
    void stopListening() {
        AgentRuntime.stopListening();
    }

    private List<String> eventsOfAReadAndAConnect() {
        events.clear();
        SocketProbe.read(fd, 1);
        SocketProbe.connecting(fd, null, 0);
        return events;
    }

    @Test
    void switchesTheTwoEventsByThemselves() {
        assertThat(eventsOfAReadAndAConnect()).isEmpty();
        control.setIoEventsEnabled(true);
        assertThat(eventsOfAReadAndAConnect()).containsExactly("ioCompleted");
        control.setConnectEventsEnabled(true);
        control.setIoEventsEnabled(false);
        assertThat(eventsOfAReadAndAConnect()).containsExactly("connecting");
        control.setConnectEventsEnabled(false);
        assertThat(eventsOfAReadAndAConnect()).isEmpty();
    }

    @Test
    @SuppressWarnings("NonAtomicVolatileUpdate") // as woven code does it
    void aDroppedEventIsAMissedEvent() {
        long before = control.missedEvents();
        SocketProbe.droppedEvents++;
        assertThat(control.missedEvents() - before).isOne();
    }
}
