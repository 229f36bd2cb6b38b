// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sockblame.agent.capture.StackCapturer;
import java.io.FileDescriptor;
import java.net.InetAddress;
import java.net.SocketImpl;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The addresses of a connection are asked for at its close, and of the object that is around it then. */
class LedgerAddressesTest {

    private static final ConnectionEndpoints ENDS =
            new ConnectionEndpoints(InetAddress.getLoopbackAddress(), 6379, 40_000);

    private final FakeDescriptorAccess numbers = new FakeDescriptorAccess();
    private final List<Object> asked = new ArrayList<>();
    private final List<Object> expected = new ArrayList<>();
    private final List<TrackedSocket> takenMeanwhile = new ArrayList<>();
    private boolean noMemory;

    private final Ledger ledger = new Ledger(
            numbers,
            new ConnectionAddresses() {
                @Override
                public void registerType(Object owner) {
                    expected.add(owner);
                }

                @Override
                public boolean isSelectorRegistered(Object owner) {
                    return false;
                }

                @Override
                public void prepareReaders() {}

                @Override
                public @Nullable ConnectionEndpoints endpointsOf(Object owner) {
                    if (noMemory) {
                        throw new OutOfMemoryError("by the test");
                    }
                    asked.add(owner);
                    takenMeanwhile.addAll(takeCloses());
                    return ENDS;
                }
            },
            new FakeProbe(),
            null,
            new StackCapturer(StackCapturer.UNLIMITED));
    private final LedgerView view = new LedgerView(ledger);

    @Test
    void aChannelIsReadAtItsClose() {
        FileDescriptor fd = numbers.descriptor(7);
        Object channel = new Object();
        ledger.channelCreated(channel, fd);
        TrackedSocket socket = requireNonNull(view.at(7));
        assertThat(expected).containsExactly(channel);
        assertThat(asked).isEmpty();
        assertThat(socket.endpoints()).isNull();

        ledger.closeRequested(fd, true);
        ledger.closed(fd);
        assertThat(asked).containsExactly(channel);
        assertThat(socket.endpoints()).isEqualTo(ENDS);
    }

    private List<TrackedSocket> takeCloses() {
        return view.drainClosed(9).sampled();
    }

    @Test
    void aDrainedSocketHasItsAddresses() {
        FileDescriptor fd = numbers.descriptor(7);
        Object channel = new Object();
        ledger.channelCreated(channel, fd);
        ledger.closed(fd);

        assertThat(takenMeanwhile).isEmpty();
        assertThat(takeCloses()).extracting(TrackedSocket::endpoints).containsExactly(ENDS);
    }

    @Test
    void aSocketImplIsReadAtItsClose() {
        FileDescriptor fd = numbers.descriptor(7);
        SocketImpl implementation = numbers.socket(fd);
        ledger.opened(fd);
        ledger.socketImplCreated(implementation, fd);
        TrackedSocket socket = requireNonNull(view.at(7));
        ledger.closed(fd);

        assertThat(expected).containsExactly(implementation);
        assertThat(socket.endpoints()).isEqualTo(ENDS);
    }

    @Test
    void withoutAnOwnerTheAddressesAreUnknown() {
        FileDescriptor fd = numbers.descriptor(7);
        ledger.opened(fd);
        TrackedSocket socket = requireNonNull(view.at(7));
        ledger.closed(fd);

        assertThat(asked).isEmpty();
        assertThat(socket.endpoints()).isNull();
    }

    @Test
    void aCloseIsRecordedWithoutMemoryForTheAddresses() {
        FileDescriptor fd = numbers.descriptor(7);
        Object channel = new Object();
        ledger.channelCreated(channel, fd);
        noMemory = true;
        assertThatThrownBy(() -> ledger.closed(fd)).isInstanceOf(OutOfMemoryError.class); // which the probe counts

        assertThat(view.at(7)).isNull();
        assertThat(view.drainClosed(9).sampled()).hasSize(1);
    }

    @Test
    void aDrainedSocketHasItsStacksResolved() {
        FileDescriptor fd = numbers.descriptor(7);
        ledger.opened(fd);
        ledger.closeRequested(fd, true);
        ledger.closed(fd);
        TrackedSocket socket = view.drainClosed(9).sampled().get(0);

        assertThat(requireNonNull(socket.opened()).isResolved()).isTrue();
        assertThat(requireNonNull(socket.closing()).isResolved()).isTrue();
    }
}
