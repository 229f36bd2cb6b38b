// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.capture.AwaitGc;
import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.capture.MonotonicClock;
import java.io.FileDescriptor;
import java.lang.ref.WeakReference;
import java.net.SocketImpl;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private final FakeDescriptorAccess numbers = new FakeDescriptorAccess();
    private final FakeProbe probe = new FakeProbe();
    private final Ledger ledger = TestLedger.of(numbers, probe);
    private final LedgerView view = new LedgerView(ledger);

    @Test
    void recordsTheOpening() {
        long before = MonotonicClock.millis();
        ledger.opened(numbers.descriptor(7));
        TrackedSocket socket = at(7);

        assertThat(view.sockets()).containsExactly(socket);
        assertThat(socket.fd()).isEqualTo(7);
        assertThat(socket.isAccepted()).isFalse();
        assertThat(socket.listenerOpened()).isNull();
        assertThat(socket.eof()).isNull();
        assertThat(socket.closing()).isNull();
        assertThat(socket.isPreClosed()).isFalse();
        assertThat(requireNonNull(socket.opened()).thread())
                .isEqualTo(Thread.currentThread().getName());
        assertThat(requireNonNull(socket.opened()).millis()).isBetween(before, MonotonicClock.millis());
        assertThat(requireNonNull(socket.opened()).stack().frames())
                .anyMatch(frame -> frame.getMethodName().equals("recordsTheOpening"));
    }

    @Test
    void recordsEachEventOfALife() {
        FileDescriptor fd = numbers.descriptor(7);
        ledger.opened(fd);
        TrackedSocket socket = at(7);
        ledger.eofRead(fd);
        CapturedEvent told = socket.eof();
        ledger.eofRead(fd);
        ledger.closeRequested(fd, true);
        CapturedEvent asked = socket.closing();
        ledger.closeRequested(fd, true);
        ledger.preClosing(fd);

        assertThat(told).isNotNull();
        assertThat(asked).isNotNull();
        assertThat(socket.eof()).as("the first time counts").isSameAs(told);
        assertThat(socket.closing()).as("the first time counts").isSameAs(asked);
        assertThat(socket.isPreClosed()).isTrue();
        assertThat(view.at(7)).as("the number is still taken").isSameAs(socket);

        ledger.closed(fd);
        assertThat(view.at(7)).isNull();
        assertThat(view.sockets()).isEmpty();
        assertThat(view.missedCloses()).isZero();
    }

    @Test
    void anAcceptedConnectionHasTheOpeningOfItsListener() {
        FileDescriptor listener = numbers.descriptor(5);
        ledger.opened(listener);
        ledger.accepted(listener, numbers.descriptor(6));

        assertThat(at(6).isAccepted()).isTrue();
        assertThat(at(6).listenerOpened()).isSameAs(at(5).opened());
    }

    @Test
    void aConnectionOfAnUntrackedListenerHasARecord() {
        ledger.accepted(numbers.descriptor(5), numbers.descriptor(6));

        assertThat(at(6).isAccepted()).isTrue();
        assertThat(at(6).listenerOpened()).isNull();
    }

    @Test
    void anAcceptIntoASocketAddsTheListenerToTheRecord() {
        FileDescriptor listener = numbers.descriptor(5);
        FileDescriptor connection = numbers.descriptor(6);
        ledger.opened(listener);
        ledger.descriptorSeen(connection);
        TrackedSocket socket = at(6);
        assertThat(socket.isAccepted()).isFalse();
        ledger.accepted(listener, numbers.socket(connection));

        assertThat(at(6)).isSameAs(socket);
        assertThat(socket.isAccepted()).isTrue();
        assertThat(socket.listenerOpened()).isSameAs(at(5).opened());
    }

    @Test
    void aSocketImplWithoutDescriptorIsIgnored() {
        FileDescriptor listener = numbers.descriptor(5);
        ledger.opened(listener);
        ledger.accepted(listener, numbers.socket(null));
        assertThat(view.sockets()).containsExactly(at(5));

        ledger.accepted(listener, numbers.socket(numbers.descriptor(6)));
        assertThat(at(6).isAccepted())
                .as("not heard of before, as with a classic socket")
                .isTrue();
        assertThat(at(6).listenerOpened()).isSameAs(at(5).opened());
    }

    @Test
    void aDescriptorSeenAfterItsOpeningKeepsItsRecord() {
        FileDescriptor fd = numbers.descriptor(7);
        ledger.opened(fd);
        TrackedSocket socket = at(7);
        ledger.descriptorSeen(fd);

        assertThat(at(7)).isSameAs(socket);
        assertThat(view.missedCloses()).isZero();
    }

    @Test
    void aDescriptorSeenWithoutOpeningGetsARecord() {
        ledger.descriptorSeen(numbers.descriptor(7));

        assertThat(at(7).isAccepted()).isFalse();
        assertThat(requireNonNull(at(7).opened()).stack().frames()).isNotEmpty();
    }

    @Test
    void staleDescriptorNeverMarksItsSuccessor() {
        FileDescriptor stale = numbers.descriptor(7);
        ledger.opened(stale);
        ledger.closed(stale);
        FileDescriptor fresh = numbers.descriptor(7);
        ledger.opened(fresh);
        TrackedSocket socket = at(7);
        ledger.descriptorSeen(stale);
        ledger.eofRead(stale);
        ledger.closeRequested(stale, true);
        ledger.preClosing(stale);
        ledger.accepted(fresh, numbers.socket(stale));

        assertThat(socket.eof()).isNull();
        assertThat(socket.closing()).isNull();
        assertThat(socket.isPreClosed()).isFalse();
        assertThat(socket.isAccepted()).isFalse();
        assertThat(at(7)).as("its own record").isSameAs(socket);
        ledger.accepted(stale, numbers.descriptor(8));
        assertThat(at(8).listenerOpened()).as("a stale listener").isNull();
    }

    @Test
    void aCloseRemovesTheRecordOfAnyOwnerOfTheNumber() {
        ledger.opened(numbers.descriptor(7));
        ledger.closed(numbers.descriptor(7));

        assertThat(view.at(7)).isNull();
    }

    @Test
    void anOpenAfterAMissedCloseIsCounted() {
        ledger.opened(numbers.descriptor(7));
        ledger.opened(numbers.descriptor(7));
        ledger.accepted(numbers.descriptor(5), numbers.descriptor(7));
        ledger.descriptorSeen(numbers.descriptor(7));

        assertThat(view.missedCloses()).isEqualTo(3);
        assertThat(view.sockets()).extracting(TrackedSocket::fd).containsExactly(5, 7);
    }

    @Test
    void numbersBeyondTheTableAreCountedAndNotKept() {
        FileDescriptor none = new FileDescriptor();
        FileDescriptor tooHigh = numbers.descriptor(Integer.MAX_VALUE);
        for (FileDescriptor fd : new FileDescriptor[] {none, tooHigh}) {
            ledger.opened(fd);
            ledger.descriptorSeen(fd);
            ledger.eofRead(fd);
            ledger.closeRequested(fd, true);
            ledger.preClosing(fd);
            ledger.closed(fd);
        }

        assertThat(view.sockets()).isEmpty();
        assertThat(view.beyondTable())
                .as("opened and passed; no number is no open")
                .isEqualTo(2);
    }

    @Test
    void dropsOnlyThisRecord() {
        ledger.opened(numbers.descriptor(7));
        TrackedSocket first = at(7);
        ledger.opened(numbers.descriptor(7));

        assertThat(view.drop(first)).isFalse();
        assertThat(view.drop(at(7))).isTrue();
        assertThat(view.at(7)).isNull();
    }

    private TrackedSocket at(int fd) {
        return requireNonNull(view.at(fd));
    }

    @Test
    void aUseIsRecordedWhileASocketMayBeSuspect() {
        FileDescriptor fd = numbers.descriptor(7);
        ledger.opened(fd);
        assertThat(at(7).isNativeIo()).isFalse();
        assertThat(at(7).lastUsedMillis()).isZero();
        ledger.ioCompleted(numbers.descriptor(7));
        assertThat(at(7).lastUsedMillis())
                .as("another descriptor with its number")
                .isZero();
        ledger.ioCompleted(fd);
        assertThat(at(7).lastUsedMillis()).isPositive();

        view.updateIoTracking(false);
        assertThat(probe.ioEventsEnabled).isFalse();
        view.updateIoTracking(true);
        assertThat(probe.ioEventsEnabled).isTrue();
        ledger.eofRead(fd);
        view.updateIoTracking(false);
        assertThat(probe.ioEventsEnabled).as("one was told of its end").isTrue();
        ledger.closed(fd);
        view.updateIoTracking(false);
        assertThat(probe.ioEventsEnabled).isFalse();
        fd = numbers.descriptor(8);
        ledger.opened(fd);
        ledger.eofRead(fd);
        assertThat(probe.ioEventsEnabled).as("at once").isTrue();
        ledger.closed(fd);
        view.updateIoTracking(false);
    }

    @Test
    void aClosedSocketIsDrainedOnce() {
        for (int number = 3; number < 1003; number++) {
            FileDescriptor fd = numbers.descriptor(number);
            ledger.opened(fd);
            ledger.closed(fd);
        }
        ClosedSocketSample.Batch batch = view.drainClosed(100);
        assertThat(batch.count()).isEqualTo(1000);
        assertThat(batch.sampled()).hasSizeBetween(50, 100).doesNotHaveDuplicates();
        assertThat(view.drainClosed(100)).isEqualTo(new ClosedSocketSample.Batch(0, List.of()));
    }

    @Test
    void aCollectedSocketImplIsNotUnreachable() {
        FileDescriptor fd = numbers.descriptor(7);
        ledger.opened(fd);
        TrackedSocket socket = at(7);
        WeakReference<Object> implementation = new WeakReference<>(implementedAndDropped(fd));

        assertThat(AwaitGc.isCollected(implementation)).isTrue();
        assertThat(socket.owner()).isNull();
        assertThat(socket.isUnreachable()).isFalse();
    }

    private SocketImpl implementedAndDropped(FileDescriptor fd) {
        SocketImpl implementation = new StubSocketImpl();
        ledger.socketImplCreated(implementation, fd);
        assertThat(at(7).owner()).isSameAs(implementation);
        return implementation;
    }
}
