// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.capture.AwaitGc;
import java.io.FileDescriptor;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.net.Socket;
import java.net.SocketImpl;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Channels around descriptors, sockets from before the agent, and what the JDK's Cleaner closes. */
class LedgerOwnersTest {

    private final FakeDescriptorAccess numbers = new FakeDescriptorAccess();
    private final FakeProbe probe = new FakeProbe();
    private final Ledger ledger = TestLedger.of(numbers, probe);
    private final LedgerView view = new LedgerView(ledger);
    private @Nullable FileDescriptor last;

    @Test
    void aChannelWithoutReferenceIsUnreachable() {
        FileDescriptor fd = numbers.descriptor(7);
        ledger.opened(fd);
        WeakReference<Object> channel = dropped(fd);
        assertThat(AwaitGc.isCollected(channel)).isTrue();
        assertThat(at(7).isUnreachable()).isTrue();

        Object held = new Object();
        try {
            ledger.channelCreated(held, numbers.descriptor(8));
            System.gc();
            assertThat(at(8).isUnreachable()).isFalse();
        } finally {
            Reference.reachabilityFence(held);
        }
    }

    private WeakReference<Object> dropped(FileDescriptor fd) {
        Object channel = new Object();
        ledger.channelCreated(channel, fd);
        return new WeakReference<>(channel);
    }

    @Test
    void aSocketThatIsNoChannelIsNeverUnreachable() {
        ledger.opened(numbers.descriptor(7));
        assertThat(at(7).isUnreachable()).isFalse();
        assertThat(at(7).isChannelMissing()).isFalse();
    }

    @Test
    void anAcceptedConnectionWithoutChannelMissesIt() {
        FileDescriptor listener = numbers.descriptor(5);
        FileDescriptor fd = numbers.descriptor(7);
        ledger.opened(listener);
        acceptProperly(listener, 6);
        ledger.accepted(listener, fd);
        TrackedSocket accepted = at(7);
        assertThat(accepted.isChannelMissing()).isTrue();

        ledger.channelCreated(this, fd);
        assertThat(at(7)).as("the same record").isSameAs(accepted);
        assertThat(accepted.isChannelMissing()).isFalse();
    }

    @Test
    void aMissingChannelProvesNothingIfTheListenerHadNone() {
        FileDescriptor listener = numbers.descriptor(5);
        ledger.opened(listener);
        ledger.channelCreated(this, listener);
        ledger.accepted(listener, numbers.descriptor(7));
        assertThat(at(7).isChannelMissing())
                .as("the hook in the channels may be missing")
                .isFalse();

        FileDescriptor other = numbers.descriptor(6);
        ledger.opened(other);
        acceptProperly(other, 8);
        ledger.accepted(listener, numbers.descriptor(9));
        assertThat(at(9).isChannelMissing())
                .as("another listener may have channels of another class")
                .isFalse();

        acceptProperly(listener, 10);
        assertThat(at(7).isChannelMissing()).as("the hook may have come later").isFalse();
        ledger.accepted(numbers.descriptor(4), numbers.descriptor(11));
        assertThat(at(11).isChannelMissing()).as("of an unknown listener").isFalse();
    }

    @Test
    void aMissingChannelProvesNothingAfterAMissedEvent() {
        FileDescriptor listener = numbers.descriptor(5);
        ledger.opened(listener);
        acceptProperly(listener, 6);
        ledger.accepted(listener, numbers.descriptor(7));
        assertThat(at(7).isChannelMissing()).isTrue();

        probe.missEvent();
        assertThat(at(7).isChannelMissing()).isFalse();
        ledger.accepted(listener, numbers.descriptor(8));
        assertThat(at(8).isChannelMissing()).isTrue();
    }

    private void acceptProperly(FileDescriptor listener, int number) {
        FileDescriptor fd = numbers.descriptor(number);
        ledger.accepted(listener, fd);
        ledger.channelCreated(this, fd);
    }

    @Test
    void aChannelAroundAnUntrackedDescriptorMakesItsRecord() {
        ledger.channelCreated(this, numbers.descriptor(7));
        assertThat(requireNonNull(at(7).opened()).stack().frames()).isNotEmpty();
        assertThat(view.missedCloses()).isZero();
    }

    @Test
    void eofOrFirstCloseAdoptsUntrackedSocket() {
        FileDescriptor read = numbers.descriptor(7);
        ledger.eofRead(read);
        assertThat(at(7).opened()).isNull();
        assertThat(at(7).eof()).isNotNull();

        ledger.closeRequested(numbers.descriptor(8), true);
        assertThat(at(8).opened()).isNull();
        assertThat(at(8).closing()).isNotNull();

        ledger.closeRequested(numbers.descriptor(9), false);
        assertThat(view.at(9)).isNull();
    }

    @Test
    void asyncReadForHandlerAdoptsUntrackedSocket() {
        ledger.asyncReadStarting(new FakeChannel(), numbers.descriptor(7), null);
        assertThat(view.at(7)).isNull();

        FileDescriptor fd = numbers.descriptor(8);
        ledger.asyncReadStarting(new FakeChannel(), fd, this);
        assertThat(at(8).opened()).isNull();
        assertThat(at(8).eof()).isNull();
        ledger.asyncReadStarting(new FakeChannel(), fd, null);
        ledger.eofRead(fd);
        assertThat(view.missedCloses()).isZero();
        assertThat(at(8).eof()).isNotNull();
    }

    @Test
    void aConnectionOfAListenerThatIsBeingClosedHasARecord() {
        FileDescriptor fd = numbers.descriptor(7);
        ledger.accepted(null, numbers.socket(fd));
        assertThat(at(7).isAccepted()).isTrue();
        assertThat(at(7).listenerOpened()).isNull();
    }

    @Test
    void theEofOfTlsIsNotTheEofOfTheKernel() {
        FileDescriptor fd = numbers.descriptor(7);
        ledger.opened(fd);
        Socket above = numbers.above(fd);
        ledger.tlsEofRead(above);
        assertThat(at(7).closeNotify()).isNotNull();
        assertThat(at(7).eof()).isNull();

        ledger.tlsEofRead(numbers.aboveNothing());
        assertThat(view.sockets()).containsExactly(at(7));
    }

    @Test
    void anEofOfTlsAfterTheCloseTouchesNoRecord() {
        FileDescriptor closed = numbers.descriptor(7);
        Socket above = numbers.above(closed);
        ledger.tlsEofRead(above); // from before the agent
        assertThat(at(7).opened()).isNull();
        assertThat(at(7).closeNotify()).isNotNull();

        ledger.closed(closed);
        open(7);
        TrackedSocket another = at(7);
        ledger.tlsEofRead(above);
        assertThat(at(7)).isSameAs(another);
        assertThat(another.closeNotify()).isNull();

        ledger.closed(requireNonNull(last));
        numbers.close(above);
        ledger.tlsEofRead(above);
        assertThat(view.sockets()).isEmpty();
    }

    @Test
    void anEofOfTlsDuringACloseLeavesNoRecord() {
        FileDescriptor fd = numbers.descriptor(7);
        Socket above = numbers.above(fd);
        Ledger closing = TestLedger.of(new ClosingAtTheFirstLook(numbers));
        closing.tlsEofRead(above);
        assertThat(new LedgerView(closing).sockets()).isEmpty();
    }

    /** The close begins right after the first look below a socket. */
    private record ClosingAtTheFirstLook(FakeDescriptorAccess numbers) implements DescriptorAccess {

        @Override
        public int numberOf(FileDescriptor fd) {
            return numbers.numberOf(fd);
        }

        @Override
        public @Nullable FileDescriptor descriptorOf(SocketImpl impl) {
            return numbers.descriptorOf(impl);
        }

        @Override
        public boolean isClosedByPeer(Socket tlsSocket) {
            return numbers.isClosedByPeer(tlsSocket);
        }

        @Override
        public @Nullable FileDescriptor underlyingDescriptor(Socket socket) {
            FileDescriptor fd = numbers.underlyingDescriptor(socket);
            numbers.close(socket);
            return fd;
        }
    }

    @Test
    void theProgramsOwnCloseIsNoEofOfTls() {
        FileDescriptor fd = numbers.descriptor(7);
        ledger.opened(fd);
        ledger.tlsEofRead(numbers.openAbove(fd));

        assertThat(at(7).closeNotify()).isNull();
    }

    @Test
    void aClosedSocketIsNotAdopted() {
        FileDescriptor fd = numbers.descriptor(7);
        ledger.opened(fd);
        ledger.closed(fd);
        ledger.tlsEofRead(numbers.above(fd));
        ledger.eofRead(fd);
        ledger.closeRequested(fd, true);
        ledger.asyncReadStarting(new FakeChannel(), fd, this);
        assertThat(view.sockets()).isEmpty();

        FileDescriptor next = numbers.descriptor(7);
        ledger.opened(next);
        ledger.tlsEofRead(numbers.above(fd));
        assertThat(view.missedCloses()).isZero();
        assertThat(at(7).closeNotify()).as("another's").isNull();
        ledger.tlsEofRead(numbers.above(next));
        assertThat(at(7).closeNotify()).isNotNull();
    }

    @Test
    void aPendingReadThatACloseEndsAdoptsNothing() {
        FileDescriptor fd = numbers.descriptor(7);
        ledger.opened(fd);
        ledger.closed(fd);
        open(7);
        ledger.asyncReadStarting(new FakeChannel(0), fd, this);
        assertThat(at(7).opened()).as("the next one's record").isNotNull();

        ledger.closed(requireNonNull(last));
        ledger.asyncReadStarting(new FakeChannel(0), fd, this);
        ledger.asyncReadStarting(new FakeChannel(1), fd, this);
        assertThat(view.sockets()).isEmpty();
        assertThat(view.missedCloses()).isZero();
    }

    @Test
    void aSocketThatWasClosedUntrackedIsNotAdopted() {
        FileDescriptor fd = numbers.descriptor(5000);
        ledger.closed(fd);
        ledger.closed(numbers.descriptor(-1));
        ledger.eofRead(fd);
        assertThat(view.sockets()).isEmpty();

        ledger.eofRead(numbers.descriptor(5001));
        assertThat(view.sockets()).hasSize(1);
    }

    @Test
    void onlyAJdkThreadThatClosesWithoutARequestIsACleanerClose() throws Exception {
        open(7);
        FinalizerThread.run(() -> ledger.closed(requireNonNull(last)));
        assertThat(view.cleanerCloses().count()).isEqualTo(1);
        assertThat(view.cleanerCloses().latest()).extracting(TrackedSocket::fd).containsExactly(7);

        open(8);
        ledger.closeRequested(requireNonNull(last), true);
        FinalizerThread.run(() -> ledger.closed(requireNonNull(last)));
        open(9);
        ledger.closed(requireNonNull(last));
        assertThat(view.cleanerCloses().count())
                .as("closed, or closed by another thread")
                .isEqualTo(1);

        open(10);
        ledger.closedByCleaner(10);
        ledger.closedByCleaner(11);
        assertThat(view.cleanerCloses().count()).isEqualTo(2);
        assertThat(view.sockets()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Common-Cleaner", "Finalizer"})
    void aThreadOfTheProgramWithThatNameIsNoCleaner(String name) throws Exception {
        open(7);
        TrackedSocket socket = at(7);
        FutureTask<?> task = new FutureTask<>(
                () -> {
                    ledger.closeRequested(requireNonNull(last), true);
                    ledger.closed(requireNonNull(last));
                },
                null);
        new Thread(task, name).start();
        Object unused = task.get();

        assertThat(socket.closing()).isNotNull();
        assertThat(view.cleanerCloses().count()).isZero();
    }

    private void open(int number) {
        last = numbers.descriptor(number);
        ledger.opened(last);
    }

    @Test
    void aFinalizerMakesNoCloseRequest() throws Exception {
        open(7);
        FinalizerThread.run(() -> {
            ledger.closeRequested(requireNonNull(last), false);
            assertThat(at(7).closing()).isNull();
            ledger.closed(requireNonNull(last));
        });
        assertThat(view.cleanerCloses().count()).isEqualTo(1);
    }

    private TrackedSocket at(int fd) {
        return requireNonNull(view.at(fd));
    }
}
