// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.culprit.CulpritFinders;
import io.github.sockblame.agent.join.ConnectOutcome;
import io.github.sockblame.agent.join.DescriptorStatus;
import io.github.sockblame.agent.join.JoinedSocket;
import io.github.sockblame.agent.join.StateTimes;
import io.github.sockblame.agent.kernel.UnavailableStates;
import io.github.sockblame.agent.kernel.net.TcpRow;
import io.github.sockblame.agent.ledger.FakeDescriptorAccess;
import io.github.sockblame.agent.ledger.Ledger;
import io.github.sockblame.agent.ledger.LedgerView;
import io.github.sockblame.agent.ledger.TestLedger;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.TcpState;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveLookupTest {

    private static final long NOW = 60_000;
    private static final Endpoint REMOTE = new Endpoint("10.9.9.9", 443);

    private final FakeDescriptorAccess numbers = new FakeDescriptorAccess();
    private final Ledger ledger = TestLedger.of(numbers);
    private final LedgerView view = new LedgerView(ledger);
    private final FakeStates states = new FakeStates();
    private final FakeOwners owners = new FakeOwners();
    private final Object owner = new Object();
    private final LiveLookup lookup =
            new LiveLookup(states.asked(), owners, new StateHistory(), view, CulpritFinders.withKnownLibraries());

    @BeforeEach
    void open() {
        ledger.channelCreated(owner, numbers.descriptor(7));
        owners.connected(owner, REMOTE);
    }

    @Test
    void theKernelAnswersForEachDescriptor() {
        states.put(7, TcpState.CLOSE_WAIT);

        assertThat(lookup.statusesOf(List.of(7, 8)))
                .isEqualTo(Map.of(
                        7, new DescriptorStatus(Protocol.TCP, TcpState.CLOSE_WAIT), 8, DescriptorStatus.UNKNOWN));
    }

    @Test
    void aSocketWithoutStateHasNoHistory() {
        JoinedSocket socket = joined(null, null);

        assertThat(addLiveValues(socket, NOW).history()).isSameAs(StateTimes.NONE);
    }

    @Test
    void aStateHasABeginning() {
        JoinedSocket socket = joined(TcpState.ESTABLISHED, row(TcpState.ESTABLISHED, 3));
        assertThat(addLiveValues(socket, NOW).history()).isEqualTo(new StateTimes(NOW, true, NOW, NOW));
        assertThat(addLiveValues(socket, NOW + 1000).history()).isEqualTo(new StateTimes(NOW, true, NOW, NOW));

        JoinedSocket untracked = new JoinedSocket(
                7,
                101,
                null,
                true,
                Origin.NOT_SEEN,
                Protocol.TCP,
                TcpState.ESTABLISHED,
                null,
                StateTimes.NONE,
                null,
                null);
        assertThat(addLiveValues(untracked, NOW + 2000).history().stateSince())
                .as("another socket with this number")
                .isEqualTo(NOW + 2000);
    }

    @Test
    void aSocketThatIsShutDownWasConnectedAndHasARemoteAddress() {
        JoinedSocket socket = joined(TcpState.CLOSE, null);
        assertThat(addLiveValues(socket, NOW).history().connected()).isFalse();
        assertThat(addLiveValues(socket, NOW).remote()).isNull();

        states.shutDown(7);
        assertThat(addLiveValues(socket, NOW).history().connected()).isTrue();
        assertThat(addLiveValues(socket, NOW).remote()).isEqualTo(REMOTE);
        assertThat(addLiveValues(joined(TcpState.LISTEN, null), NOW).history().connected())
                .as("the kernel is asked only in CLOSE")
                .isFalse();
    }

    @Test
    void segmentSizeSeparatesFailedConnectFromConnection() {
        JoinedSocket socket = joined(TcpState.CLOSE, null);
        states.put(7, TcpState.CLOSE).segmentSize(7, 524);
        assertThat(addLiveValues(socket, NOW).connect()).as("only opened").isEqualTo(ConnectOutcome.UNKNOWN);

        states.shutDown(7);
        assertThat(addLiveValues(socket, NOW).connect()).isEqualTo(ConnectOutcome.REFUSED);
        states.segmentSize(7, 1448);
        assertThat(addLiveValues(socket, NOW).connect()).isEqualTo(ConnectOutcome.ESTABLISHED);
        assertThat(socket.remote()).isEqualTo(REMOTE);
    }

    /** A peer may announce a segment as small as that of a connect without an answer. */
    @Test
    void connectionThatWasSeenNeedsNoSegmentSize() {
        addLiveValues(joined(TcpState.ESTABLISHED, row(TcpState.ESTABLISHED, 0)), NOW);
        states.put(7, TcpState.CLOSE).segmentSize(7, 524).shutDown(7);

        assertThat(addLiveValues(joined(TcpState.CLOSE, null), NOW + 1000).connect())
                .isEqualTo(ConnectOutcome.ESTABLISHED);
    }

    @Test
    void theRowsAddressNeedsNoOther() {
        JoinedSocket socket = joined(TcpState.ESTABLISHED, row(TcpState.ESTABLISHED, 0));

        assertThat(addLiveValues(socket, NOW).rowless()).isNull();
        assertThat(addLiveValues(joined(TcpState.ESTABLISHED, null), NOW).remote())
                .isEqualTo(REMOTE);
    }

    @Test
    void descriptorHasTheRecvQOfAMissingRow() {
        JoinedSocket closeWait = joined(TcpState.CLOSE_WAIT, null);
        assertThat(addLiveValues(closeWait, NOW).recvQ()).as("not answered").isNull();

        states.put(7, TcpState.CLOSE_WAIT).unread(7, 10, 2304);
        assertThat(addLiveValues(closeWait, NOW).recvQ()).as("with the FIN").isEqualTo(11);
        states.unread(7, 0, 768);
        assertThat(addLiveValues(closeWait, NOW).recvQ()).as("the FIN alone").isEqualTo(1);
        states.unread(7, 0, 0);
        assertThat(addLiveValues(closeWait, NOW).recvQ()).as("all is read").isEqualTo(0);
        states.unread(7, 0, -1);
        assertThat(addLiveValues(closeWait, NOW).recvQ())
                .as("an older kernel does not show whether the FIN is read")
                .isNull();
        states.unread(7, 10, -1);
        assertThat(addLiveValues(closeWait, NOW).recvQ()).isEqualTo(11);
        states.put(7, TcpState.ESTABLISHED).unread(7, 10, 2304);
        assertThat(addLiveValues(joined(TcpState.ESTABLISHED, null), NOW).recvQ())
                .isEqualTo(10);
        assertThat(addLiveValues(joined(TcpState.ESTABLISHED, row(TcpState.ESTABLISHED, 0)), NOW)
                        .recvQ())
                .as("the row's")
                .isEqualTo(0);
    }

    @Test
    void aThreadIsCapturedOnlyWhereItIsNeeded() {
        owners.writes(owner, Thread.currentThread());

        assertThat(requireNonNull(addLiveValues(joined(TcpState.CLOSE_WAIT, null), NOW)
                                .activeThread())
                        .writing())
                .isTrue();
        assertThat(addLiveValues(joined(TcpState.ESTABLISHED, row(TcpState.ESTABLISHED, 0)), NOW)
                        .activeThread())
                .isNull();
    }

    @Test
    void unreadableStatesAreUnknown() {
        LiveLookup blind = new LiveLookup(
                UnavailableStates.because("not in this JDK"),
                FakeOwners.NONE,
                new StateHistory(),
                view,
                CulpritFinders.withKnownLibraries());

        assertThat(blind.statusesOf(List.of(7))).isEqualTo(Map.of(7, DescriptorStatus.UNKNOWN));
    }

    private JoinedSocket addLiveValues(JoinedSocket socket, long nowMillis) {
        lookup.addLiveValues(List.of(socket), nowMillis);
        return socket;
    }

    private JoinedSocket joined(@Nullable TcpState state, @Nullable TcpRow row) {
        TrackedSocket tracked = requireNonNull(view.at(7));
        Protocol protocol = state == null ? Protocol.UNIX : Protocol.TCP;
        return new JoinedSocket(
                7, 100, tracked, true, Origin.OPENED, protocol, state, row, StateTimes.NONE, null, null);
    }

    private static TcpRow row(TcpState state, long sendQ) {
        return new TcpRow(100, state, new Endpoint("10.0.0.1", 40_000), REMOTE, 0, sendQ, 0, 0, 0, 0);
    }
}
