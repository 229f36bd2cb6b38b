// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.github.sockblame.agent.capture.CapturedEvent;
import java.io.FileDescriptor;
import java.net.Socket;
import java.net.SocketImpl;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sockets that are told by their number alone. */
class NativeSocketEventsTest {

    private static final int LISTENER = 5;
    private static final int CONNECTION = 6;
    private static final int BEYOND_THE_TABLE = 1 << 22;

    private final Numbers numbers = new Numbers();
    private final Ledger ledger = TestLedger.of(numbers);
    private final LedgerView view = new LedgerView(ledger);

    @Test
    void anOpenedSocketHasARecordUntilItsClose() {
        ledger.nativeOpened(CONNECTION);
        TrackedSocket socket = at(CONNECTION);
        assertThat(socket.opened()).isNotNull();
        assertThat(socket.isAccepted()).isFalse();
        assertThat(socket.isNativeIo()).isTrue();

        ledger.nativeClosed(CONNECTION);
        assertThat(view.at(CONNECTION)).isNull();
        assertThat(view.drainClosed(9).sampled()).containsExactly(socket);
    }

    @Test
    void anAcceptedConnectionHasTheOpeningOfItsListener() {
        ledger.nativeOpened(LISTENER);
        ledger.nativeAccepted(LISTENER, CONNECTION);
        TrackedSocket accepted = at(CONNECTION);
        assertThat(accepted.isAccepted()).isTrue();
        assertThat(accepted.listenerOpened()).isSameAs(at(LISTENER).opened()).isNotNull();
        assertThat(accepted.opened()).isNotNull().isNotSameAs(accepted.listenerOpened());
    }

    @Test
    void anUntrackedListenerIsAdoptedAtItsFirstAccept() {
        ledger.nativeAccepted(LISTENER, CONNECTION);
        ledger.nativeAccepted(LISTENER, CONNECTION + 1);
        assertThat(at(CONNECTION).isAccepted()).isTrue();
        assertThat(at(CONNECTION).listenerOpened()).isNull();

        TrackedSocket listener = at(LISTENER);
        assertThat(listener.opened()).isNull();
        assertThat(listener.isNativeIo()).isTrue();
        assertThat(listener.accepts())
                .isNotNull()
                .satisfies(acceptStats -> assertThat(acceptStats.count()).isEqualTo(2));
        ledger.nativeAccepted(BEYOND_THE_TABLE, CONNECTION + 2);
        assertThat(at(CONNECTION + 2).isAccepted()).isTrue();
    }

    @Test
    void aSecondObjectAroundTheNumberChangesNothing() {
        ledger.nativeAccepted(LISTENER, CONNECTION);
        TrackedSocket accepted = at(CONNECTION);
        ledger.nativeOpened(CONNECTION);
        assertThat(at(CONNECTION)).isSameAs(accepted);
        assertThat(view.missedCloses()).isZero();
    }

    @Test
    void aSocketOfTheJdkKeepsItsRecordUntilTheNativeClose() {
        FileDescriptor descriptor = numbers.descriptor(CONNECTION);
        ledger.opened(descriptor);
        TrackedSocket socket = at(CONNECTION);
        ledger.nativeOpened(CONNECTION);
        assertThat(at(CONNECTION)).isSameAs(socket);

        ledger.nativeClosed(CONNECTION);
        assertThat(view.at(CONNECTION)).isNull();
    }

    @Test
    void anAcceptReplacesARecordWhoseCloseWasMissed() {
        ledger.nativeOpened(CONNECTION);
        TrackedSocket stale = at(CONNECTION);
        ledger.nativeAccepted(LISTENER, CONNECTION);
        assertThat(at(CONNECTION)).isNotSameAs(stale);
        assertThat(view.missedCloses()).isEqualTo(1);
    }

    @Test
    void jdkOpeningReplacesStaleNativeRecord() {
        ledger.nativeOpened(CONNECTION);
        TrackedSocket stale = at(CONNECTION);
        ledger.opened(numbers.descriptor(CONNECTION));
        assertThat(at(CONNECTION)).isNotSameAs(stale);
        assertThat(view.missedCloses()).isEqualTo(1);
    }

    @Test
    void theFirstEofCounts() {
        ledger.nativeOpened(CONNECTION);
        ledger.nativeEofRead(CONNECTION, true);
        CapturedEvent first = at(CONNECTION).eof();
        assertThat(first).isNotNull();
        ledger.nativeEofRead(CONNECTION, false);
        assertThat(at(CONNECTION).eof()).isSameAs(first);
    }

    @Test
    void anUntrackedSocketIsAdoptedAtItsEof() {
        ledger.nativeEofRead(CONNECTION, true);
        assertThat(at(CONNECTION).opened()).isNull();
        assertThat(at(CONNECTION).eof()).isNotNull();
    }

    @Test
    void anUntrackedNumberThatMayBeAPipeIsNotAdopted() {
        ledger.nativeEofRead(CONNECTION, false);
        assertThat(view.at(CONNECTION)).isNull();
    }

    @Test
    void aNumberBeyondTheTableIsCounted() {
        ledger.nativeOpened(BEYOND_THE_TABLE);
        ledger.nativeAccepted(LISTENER, BEYOND_THE_TABLE);
        ledger.nativeEofRead(BEYOND_THE_TABLE, true);
        ledger.nativeClosed(BEYOND_THE_TABLE);
        assertThat(view.beyondTable()).isEqualTo(2);

        ledger.nativeOpened(-1);
        ledger.nativeClosed(-1);
        assertThat(view.beyondTable()).isEqualTo(2);
        assertThat(view.sockets()).isEmpty();
    }

    private TrackedSocket at(int number) {
        return assertThat(view.at(number))
                .asInstanceOf(type(TrackedSocket.class))
                .actual();
    }

    /** Descriptor objects whose number the test says. */
    private static final class Numbers implements DescriptorAccess {
        private final Map<FileDescriptor, Integer> known = new HashMap<>();

        FileDescriptor descriptor(int number) {
            FileDescriptor descriptor = new FileDescriptor();
            known.put(descriptor, number);
            return descriptor;
        }

        @Override
        public boolean isClosedByPeer(Socket tlsSocket) {
            return false;
        }

        @Override
        public int numberOf(FileDescriptor descriptor) {
            return known.getOrDefault(descriptor, -1);
        }

        @Override
        public @Nullable FileDescriptor descriptorOf(SocketImpl impl) {
            return null;
        }

        @Override
        public @Nullable FileDescriptor underlyingDescriptor(Socket socket) {
            return null;
        }
    }
}
