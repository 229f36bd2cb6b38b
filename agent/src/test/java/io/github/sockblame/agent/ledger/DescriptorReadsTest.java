// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.capture.StackCapturer;
import io.github.sockblame.probe.SocketListener;
import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** An event reads the number of each of its descriptors once: that is its largest cost besides the stack. */
class DescriptorReadsTest {

    private static final List<Boolean> RECORDED_BEFORE = List.of(false, true);

    /** Events that have no descriptor, or a bare number. */
    private static final Set<String> WITHOUT_DESCRIPTOR = Set.of(
            "openFailed",
            "closedByCleaner",
            "nativeOpened",
            "nativeListening",
            "nativeAccepted",
            "nativeEofRead",
            "nativeClosed");

    private final FakeDescriptorAccess numbers = new FakeDescriptorAccess();

    /** One event with this descriptor. */
    private interface Event {
        void on(Ledger ledger, FileDescriptor fd);
    }

    private Map<String, Event> eventsWithOneDescriptor() {
        Map<String, Event> events = new TreeMap<>();
        events.put("opened", SocketListener::opened);
        events.put("descriptorSeen", SocketListener::descriptorSeen);
        events.put("connecting", (ledger, fd) -> ledger.connecting(fd, InetAddress.getLoopbackAddress(), 443));
        events.put("listening", (ledger, fd) -> ledger.listening(fd, 50));
        events.put("channelCreated", (ledger, fd) -> ledger.channelCreated(this, fd));
        events.put("socketImplCreated", (ledger, fd) -> ledger.socketImplCreated(numbers.socket(fd), fd));
        events.put("ioCompleted", SocketListener::ioCompleted);
        events.put("asyncReadStarting", (ledger, fd) -> ledger.asyncReadStarting(new FakeChannel(), fd, this));
        events.put("eofRead", SocketListener::eofRead);
        events.put("tlsEofRead", (ledger, fd) -> ledger.tlsEofRead(numbers.above(fd)));
        events.put("closeRequested", (ledger, fd) -> ledger.closeRequested(fd, true));
        events.put("preClosing", SocketListener::preClosing);
        events.put("closed", SocketListener::closed);
        return events;
    }

    @Test
    void anEventWithOneDescriptorReadsOnce() {
        eventsWithOneDescriptor().forEach((name, event) -> {
            for (boolean recorded : RECORDED_BEFORE) {
                for (Ledger ledger : ledgers()) {
                    FileDescriptor fd = numbers.descriptor(7);
                    if (recorded) {
                        ledger.opened(fd);
                    }
                    int before = numbers.reads();
                    event.on(ledger, fd);
                    assertThat(numbers.reads() - before)
                            .as("%s, recorded before: %s", name, recorded)
                            .isOne();
                }
            }
        });
    }

    /** With a budget for every stack, and with one for none, in which the opening stack is decided later. */
    private List<Ledger> ledgers() {
        StackCapturer spent = new StackCapturer(1e-6);
        while (spent.captureOpening().hasStack()) {
            // until it is spent
        }
        return List.of(
                TestLedger.of(numbers),
                new Ledger(numbers, ConnectionAddresses.UNKNOWN, new FakeProbe(), new TraceRing(), spent));
    }

    @Test
    void acceptReadsTwoDescriptors() {
        for (boolean recorded : RECORDED_BEFORE) {
            for (Ledger ledger : ledgers()) {
                FileDescriptor listener = numbers.descriptor(5);
                FileDescriptor connection = numbers.descriptor(6);
                if (recorded) {
                    ledger.opened(listener);
                    ledger.descriptorSeen(connection);
                }
                int before = numbers.reads();
                ledger.accepted(listener, connection);
                assertThat(numbers.reads() - before).isEqualTo(2);
            }
        }
    }

    @Test
    void anAcceptIntoASocketReadsOnceForEachToo() {
        for (boolean recorded : RECORDED_BEFORE) {
            for (Ledger ledger : ledgers()) {
                FileDescriptor listener = numbers.descriptor(5);
                FileDescriptor connection = numbers.descriptor(6);
                if (recorded) {
                    ledger.opened(listener);
                    ledger.descriptorSeen(connection);
                }
                int before = numbers.reads();
                ledger.accepted(listener, numbers.socket(connection));
                assertThat(numbers.reads() - before).isEqualTo(2);
                ledger.accepted(null, numbers.socket(connection));
                assertThat(numbers.reads() - before).isEqualTo(3);
            }
        }
    }

    @Test
    void eventsWithoutDescriptorReadNothing() {
        Ledger ledger = TestLedger.of(numbers);
        ledger.openFailed(new IOException("refused"));
        ledger.nativeOpened(7);
        ledger.nativeListening(7, 50);
        ledger.nativeAccepted(7, 8);
        ledger.nativeEofRead(8, true);
        ledger.nativeClosed(8);
        ledger.closedByCleaner(7);

        assertThat(numbers.reads()).isZero();
    }

    @Test
    void noEventIsForgottenHere() {
        Set<String> known = new TreeSet<>(eventsWithOneDescriptor().keySet());
        known.addAll(WITHOUT_DESCRIPTOR);
        known.add("accepted");

        assertThat(SocketListener.class.getDeclaredMethods())
                .extracting(Method::getName)
                .allMatch(name -> known.contains(name) || name.contains("$"));
    }
}
