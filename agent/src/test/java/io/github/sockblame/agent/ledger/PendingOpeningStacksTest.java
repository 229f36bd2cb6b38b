// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.capture.StackCapturer;
import io.github.sockblame.agent.memory.HeapRoom;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the ledger records of sockets that are opened while the budget is spent. */
class PendingOpeningStacksTest {

    private static final int PORT = 443;

    private final FakeDescriptorAccess numbers = new FakeDescriptorAccess();
    private final StackCapturer stackCapturer = new StackCapturer(0.001);
    private final FakeProbe probe = new FakeProbe();
    private final Ledger ledger = new Ledger(numbers, ConnectionAddresses.UNKNOWN, probe, null, stackCapturer);
    private final LedgerView view = new LedgerView(ledger);
    private final List<FileDescriptor> held = new ArrayList<>();

    private FileDescriptor open(int number) {
        FileDescriptor fd = numbers.descriptor(number);
        held.add(fd);
        ledger.opened(fd);
        return fd;
    }

    private void spend() {
        while (stackCapturer.captureOpening().hasStack()) {
            // until it is spent
        }
    }

    private TrackedSocket at(int number) {
        return requireNonNull(view.at(number));
    }

    private static boolean hasStack(TrackedSocket socket) {
        return requireNonNull(socket.opened()).stack().isCaptured();
    }

    @Test
    void unspentBudgetCapturesAllWithoutConnectEvents() {
        open(7);

        assertThat(hasStack(at(7))).isTrue();
        assertThat(at(7).weight()).isOne();
        assertThat(probe.connectEventsEnabled).isFalse();
        assertThat(stackCapturer.skipped()).isZero();
    }

    @Test
    void aStackWithoutMemoryForItIsSkipped() throws IOException {
        view.limitStackMemory(1, frames -> new BitSet(), HeapRoom.unlimited());
        open(6);
        assertThat(hasStack(at(6))).isTrue();
        view.resolveStacksBefore(Long.MAX_VALUE);

        assertThat(at(6).weight()).as("captured, and discarded").isZero();
        assertThat(hasStack(at(6))).isFalse();
        assertThat(view.stackUsage().discarded()).isOne();

        open(7); // the one that may be unresolved until the next round
        FileDescriptor fd = open(8);
        ledger.connecting(fd, InetAddress.getLoopbackAddress(), PORT);
        assertThat(at(8).weight()).as("not captured").isZero();
        assertThat(hasStack(at(8))).isFalse();
        assertThat(stackCapturer.refused()).isOne();
    }

    @Test
    void aSpentBudgetLeavesTheDecisionToTheConnect() throws IOException {
        spend();
        FileDescriptor fd = open(7);

        assertThat(hasStack(at(7))).isFalse();
        assertThat(requireNonNull(at(7).opened()).thread())
                .isEqualTo(Thread.currentThread().getName());
        assertThat(probe.connectEventsEnabled).isTrue();

        ledger.connecting(fd, InetAddress.getLoopbackAddress(), PORT);
        assertThat(hasStack(at(7))).as("the first of an endpoint").isTrue();
        assertThat(at(7).weight()).isOne();
    }

    @Test
    void skipsAreCountedAndTheWeightsRepresentThem() throws IOException {
        spend();
        int taken = 0;
        long standFor = 0;
        for (int number = 10; number < 5010; number++) {
            ledger.connecting(open(number), InetAddress.getLoopbackAddress(), PORT);
            TrackedSocket socket = at(number);
            taken += hasStack(socket) ? 1 : 0;
            standFor += socket.weight();
            assertThat(socket.weight() > 0).isEqualTo(hasStack(socket));
        }
        assertThat(view.sockets()).hasSize(5000);
        assertThat(taken).isLessThan(2500);
        assertThat(stackCapturer.skipped()).isEqualTo(5000 - taken);
        assertThat(standFor).isBetween(3000L, 7000L);
        assertThat(stackCapturer.firstSkipMillis()).isPositive().isLessThanOrEqualTo(stackCapturer.lastSkipMillis());
    }

    @Test
    void aListenerHasItsStackAndItsConnectionsAreOneEndpoint() {
        spend();
        FileDescriptor listener = open(7);
        ledger.listening(listener, 50);
        assertThat(hasStack(at(7))).isTrue();

        FileDescriptor connection = numbers.descriptor(8);
        ledger.accepted(listener, connection);
        assertThat(hasStack(at(8))).as("the first of a listener").isTrue();
        assertThat(at(8).isAccepted()).isTrue();
    }

    @Test
    void eofAlwaysHasItsStack() {
        spend();
        FileDescriptor fd = open(7);
        ledger.eofRead(fd);

        assertThat(requireNonNull(at(7).eof()).stack().isCaptured()).isTrue();
        assertThat(hasStack(at(7))).isFalse();
    }

    @Test
    void aCloseRequestHasItsStackOnlyWhileThereIsEnough() {
        ledger.closeRequested(open(7), true);
        assertThat(requireNonNull(at(7).closing()).stack().isCaptured()).isTrue();

        spend();
        ledger.closeRequested(open(8), true);
        assertThat(requireNonNull(at(8).closing()).stack().isCaptured()).isFalse();
    }

    @Test
    void aNativeSocketIsDecidedAtOnce() {
        spend();
        ledger.nativeOpened(7);
        assertThat(at(7).isOpeningStackPending()).isFalse();
        ledger.nativeAccepted(7, 8);
        assertThat(at(8).isOpeningStackPending()).isFalse();
    }
}
