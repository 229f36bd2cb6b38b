// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.join;

import static io.github.sockblame.agent.join.JoinFixtures.opened;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.sockblame.agent.kernel.KernelSnapshot;
import io.github.sockblame.agent.kernel.net.TcpRow;
import io.github.sockblame.agent.kernel.net.UdpRow;
import io.github.sockblame.agent.ledger.DescriptorAccess;
import io.github.sockblame.agent.ledger.Ledger;
import io.github.sockblame.agent.ledger.LedgerView;
import io.github.sockblame.agent.ledger.SampleSocket;
import io.github.sockblame.agent.ledger.TestLedger;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.TcpState;
import java.io.FileDescriptor;
import java.net.Socket;
import java.net.SocketImpl;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JoinTest {

    private final JoinFixtures.Kernel kernel = new JoinFixtures.Kernel();
    private final Map<Integer, TcpState> states = new HashMap<>();
    private final Map<Integer, Protocol> protocols = new HashMap<>();
    private Set<TrackedSocket> contradicted = Set.of();
    private final InodeIndex lastInodes = new InodeIndex();
    private Map<Integer, Long> untracked = Map.of();
    private EarlySockets early = new EarlySockets(Set.of(), Set.of());

    private final TrackedSocket record = opened(7);

    @Test
    void aRecordThatIsThereBothTimesIsTheKernelsSocket() {
        kernel.tcp(7, 100, TcpState.ESTABLISHED);
        Join join = join(List.of(record), List.of(record));

        JoinedSocket socket = only(join);
        assertThat(socket.tracked()).isSameAs(record);
        assertThat(socket.stable()).isTrue();
        assertThat(socket.inode()).isEqualTo(100);
        assertThat(socket.origin()).isEqualTo(Origin.OPENED);
        assertThat(socket.protocol()).isEqualTo(Protocol.TCP);
        assertThat(socket.state()).isEqualTo(TcpState.ESTABLISHED);
        assertThat(socket.row()).isNotNull();
        assertThat(socket.sinceMillis()).as("its history comes later").isZero();
        assertThat(join.inodes().of(record)).isEqualTo(100);
        assertThat(join.inodes().size()).isEqualTo(1);
        assertThat(join.unknownDescriptors()).isEmpty();
        assertThat(join.staleRecords()).isEmpty();
    }

    @Test
    void acceptedConnectionHasOriginAccepted() {
        TrackedSocket accepted =
                SampleSocket.of(7, JoinFixtures.witness(1, "a.B.c:1"), JoinFixtures.witness(1, "a.B.d:1"), null, null);
        kernel.tcp(7, 100, TcpState.ESTABLISHED);

        assertThat(only(join(List.of(accepted), List.of(accepted))).origin()).isEqualTo(Origin.ACCEPTED);
    }

    @Test
    void changedRecordIsCountedButUnstable() {
        TrackedSocket next = opened(7);
        kernel.tcp(7, 100, TcpState.CLOSE_WAIT);
        Join join = join(List.of(record), List.of(next));

        assertThat(only(join).tracked()).isSameAs(next);
        assertThat(only(join).stable()).isFalse();
        assertThat(join.inodes().size()).as("whose inode it is, is not known").isZero();
        assertThat(only(join(List.of(), List.of(next))).stable()).isFalse();
    }

    @Test
    void socketClosedMeanwhileIsDropped() {
        kernel.tcp(7, 100, TcpState.ESTABLISHED);
        Join join = join(List.of(record), List.of());

        assertThat(join.sockets()).isEmpty();
        assertThat(join.unknownDescriptors()).isEmpty();
        assertThat(join.staleRecords()).isEmpty();
    }

    @Test
    void unlistedDescriptorWaitsForSecondReading() {
        kernel.tcp(8, 200, TcpState.ESTABLISHED);
        Join join = join(List.of(), List.of());

        assertThat(join.sockets()).isEmpty();
        assertThat(join.unknownDescriptors()).containsExactly(Map.entry(8, 200L));
    }

    @Test
    void confirmedDescriptorIsUntracked() {
        kernel.tcp(8, 200, TcpState.ESTABLISHED).tcp(9, 300, TcpState.ESTABLISHED);
        untracked = Map.of(8, 200L, 9, 300L);
        early = new EarlySockets(Set.of(300L), Set.of());
        Join join = join(List.of(), List.of());

        assertThat(join.sockets())
                .extracting(JoinedSocket::origin)
                .containsExactly(Origin.NOT_SEEN, Origin.BEFORE_AGENT);
        assertThat(join.sockets()).allMatch(JoinedSocket::stable).allMatch(socket -> socket.tracked() == null);
        assertThat(join.unknownDescriptors()).isEmpty();
    }

    @Test
    void socketFromBeforeLateHooksIsNotFromBeforeTheAgent() {
        kernel.tcp(8, 200, TcpState.ESTABLISHED).tcp(9, 300, TcpState.ESTABLISHED);
        untracked = Map.of(8, 200L, 9, 300L);
        early = new EarlySockets(Set.of(), Set.of(300L));

        assertThat(join(List.of(), List.of()).sockets())
                .extracting(JoinedSocket::origin)
                .containsExactly(Origin.NOT_SEEN, Origin.BEFORE_HOOKS);
    }

    @Test
    void trackedDescriptorRepresentsDuplicatedSocket() {
        kernel.tcp(0, 100, TcpState.CLOSE_WAIT).tcp(7, 100, TcpState.CLOSE_WAIT);
        untracked = Map.of(0, 100L);
        early = new EarlySockets(Set.of(100L), Set.of());
        Join join = join(List.of(record), List.of(record));

        assertThat(join.sockets())
                .extracting(JoinedSocket::fd, JoinedSocket::origin)
                .containsExactly(tuple(0, Origin.DUPLICATE), tuple(7, Origin.OPENED));
    }

    @Test
    void ofUntrackedDescriptorsOfOneSocketTheLowestStandsForIt() {
        kernel.tcp(2, 100, TcpState.CLOSE_WAIT).tcp(0, 100, TcpState.CLOSE_WAIT).tcp(1, 100, TcpState.CLOSE_WAIT);
        untracked = Map.of(0, 100L, 1, 100L, 2, 100L);
        early = new EarlySockets(Set.of(100L), Set.of());

        assertThat(join(List.of(), List.of()).sockets())
                .extracting(JoinedSocket::fd, JoinedSocket::origin)
                .containsExactly(tuple(0, Origin.BEFORE_AGENT), tuple(1, Origin.DUPLICATE), tuple(2, Origin.DUPLICATE));
    }

    @Test
    void anUntrackedDescriptorWithAnotherInodeIsLookedAtAgain() {
        kernel.tcp(8, 201, TcpState.ESTABLISHED);
        untracked = Map.of(8, 200L);
        Join join = join(List.of(), List.of());

        assertThat(join.sockets()).isEmpty();
        assertThat(join.unknownDescriptors()).containsExactly(Map.entry(8, 201L));
    }

    @Test
    void anotherInodeUnderTheSameRecordIsNotTheRecordsSocket() {
        kernel.tcp(7, 101, TcpState.ESTABLISHED);
        lastInodes.add(record, 100);
        Join join = join(List.of(record), List.of(record));

        assertThat(join.staleRecords()).containsExactly(record);
        assertThat(join.sockets()).isEmpty();
        assertThat(join.unknownDescriptors()).as("it is a socket all the same").containsExactly(Map.entry(7, 101L));

        untracked = join.unknownDescriptors();
        Join second = join(List.of(record), List.of(record));
        assertThat(only(second).origin()).isEqualTo(Origin.NOT_SEEN);
        assertThat(second.staleRecords()).containsExactly(record);
    }

    @Test
    void recordThatTheRowContradictsIsNotThatSocket() {
        kernel.tcp(7, 100, TcpState.CLOSE_WAIT);
        contradicted = Set.of(record);
        untracked = Map.of(7, 100L);
        Join join = join(List.of(record), List.of(record));

        assertThat(join.staleRecords()).containsExactly(record);
        assertThat(join.inodes().contains(record)).isFalse();
        assertThat(only(join))
                .extracting(JoinedSocket::origin, JoinedSocket::tracked)
                .containsExactly(Origin.NOT_SEEN, null);
    }

    @Test
    void recordDuplicatedOverIsDuplicateOfTheOneThatHadTheInode() {
        TrackedSocket other = opened(8);
        kernel.tcp(7, 200, TcpState.CLOSE_WAIT).tcp(8, 200, TcpState.CLOSE_WAIT);
        lastInodes.add(other, 200);
        untracked = Map.of(7, 200L);
        List<TrackedSocket> both = List.of(record, other);
        Join join = join(both, both);

        assertThat(join.staleRecords()).containsExactly(record);
        assertThat(join.sockets())
                .extracting(JoinedSocket::fd, JoinedSocket::origin, JoinedSocket::tracked)
                .containsExactly(tuple(7, Origin.DUPLICATE, null), tuple(8, Origin.OPENED, other));
    }

    @Test
    void ofTwoNewRecordsWithOneInodeNoneIsBelieved() {
        TrackedSocket other = opened(8);
        kernel.tcp(7, 200, TcpState.CLOSE_WAIT).tcp(8, 200, TcpState.CLOSE_WAIT);
        untracked = Map.of(7, 200L, 8, 200L);
        List<TrackedSocket> both = List.of(record, other);
        Join join = join(both, both);

        assertThat(join.staleRecords()).containsExactly(record, other);
        assertThat(join.sockets())
                .extracting(JoinedSocket::fd, JoinedSocket::origin, JoinedSocket::tracked)
                .containsExactly(tuple(7, Origin.NOT_SEEN, null), tuple(8, Origin.DUPLICATE, null));
    }

    @Test
    void theMarkerOfAClosingSocketIsNoOtherSocket() {
        FileDescriptor fd = new FileDescriptor();
        Ledger ledger = TestLedger.of(new AllSeven());
        LedgerView view = new LedgerView(ledger);
        ledger.opened(fd);
        ledger.preClosing(fd);
        TrackedSocket closing = view.sockets().get(0);
        kernel.unix(7, 999).unix(12, 999);
        lastInodes.add(closing, 100);
        untracked = Map.of(12, 999L);
        Join join = join(List.of(closing), List.of(closing));

        assertThat(join.sockets())
                .extracting(JoinedSocket::fd, JoinedSocket::origin, JoinedSocket::state)
                .containsExactly(tuple(7, Origin.OPENED, null), tuple(12, Origin.NOT_SEEN, null));
        assertThat(join.staleRecords()).isEmpty();
        assertThat(join.inodes().size()).as("the marker's inode is everybody's").isZero();
    }

    @Test
    void unlistedRecordIsReadDirectly() {
        states.put(7, TcpState.CLOSE_WAIT);
        protocols.put(7, Protocol.TCP);
        JoinedSocket socket = only(join(List.of(record), List.of(record)));

        assertThat(socket.inode()).isEqualTo(-1);
        assertThat(socket.state()).isEqualTo(TcpState.CLOSE_WAIT);
        assertThat(socket.stable()).isTrue();
        assertThat(socket.row()).isNull();
    }

    @Test
    void unlistedUdpRecordIsReadDirectly() {
        protocols.put(7, Protocol.UDP);
        Join join = join(List.of(record), List.of(record));

        assertThat(only(join).protocol()).isEqualTo(Protocol.UDP);
        assertThat(join.staleRecords()).isEmpty();
    }

    @Test
    void recordAbsentFromKernelIsStale() {
        Join join = join(List.of(record), List.of(record));

        assertThat(join.sockets()).isEmpty();
        assertThat(join.staleRecords()).containsExactly(record);
    }

    @Test
    void newRecordWaitsForNextReading() {
        Join join = join(List.of(), List.of(record));

        assertThat(join.sockets()).isEmpty();
        assertThat(join.staleRecords()).isEmpty();
    }

    @Test
    void withoutAListTheLedgerIsBelieved() {
        kernel.listFailed();
        Join join = join(List.of(record), List.of(record));

        assertThat(only(join).inode()).isEqualTo(-1);
        assertThat(only(join).protocol()).isEqualTo(Protocol.OTHER);
        assertThat(join.staleRecords()).isEmpty();
    }

    @Test
    void theStateIsTheRowsOrElseTheDescriptors() {
        TrackedSocket unix = opened(8);
        TrackedSocket dead = opened(9);
        TrackedSocket other = opened(10);
        kernel.tcp(7, 100, TcpState.CLOSE_WAIT).unix(8, 200).socket(9, 300).socket(10, 400);
        states.putAll(Map.of(7, TcpState.LISTEN, 8, TcpState.LISTEN, 9, TcpState.CLOSE));
        List<TrackedSocket> all = List.of(record, unix, dead, other);
        Join join = join(all, all);

        assertThat(join.sockets())
                .extracting(JoinedSocket::state)
                .containsExactly(TcpState.CLOSE_WAIT, null, TcpState.CLOSE, null);
        assertThat(join.sockets())
                .extracting(JoinedSocket::protocol)
                .containsExactly(Protocol.TCP, Protocol.UNIX, Protocol.TCP, Protocol.OTHER);
    }

    @Test
    void udpRowDeterminesProtocol() {
        kernel.udp(7, 100);
        states.put(7, TcpState.LISTEN);
        JoinedSocket socket = only(join(List.of(record), List.of(record)));

        assertThat(socket.protocol()).isEqualTo(Protocol.UDP);
        assertThat(socket.state()).isNull();
        assertThat(socket.sinceMillis()).isZero();
        assertThat(socket.row()).isInstanceOf(UdpRow.class);
    }

    @Test
    void descriptorDeterminesProtocolWithoutRow() {
        kernel.socket(7, 100).socket(8, 200).socket(9, 300).socket(10, 400);
        untracked = Map.of(7, 100L, 8, 200L, 9, 300L, 10, 400L);
        protocols.putAll(Map.of(7, Protocol.UDP, 8, Protocol.UNIX, 9, Protocol.TCP, 10, Protocol.OTHER));
        states.put(9, TcpState.CLOSE);
        Join join = join(List.of(), List.of());

        assertThat(join.sockets())
                .extracting(JoinedSocket::protocol)
                .containsExactly(Protocol.UDP, Protocol.UNIX, Protocol.TCP, Protocol.OTHER);
        assertThat(join.sockets()).extracting(JoinedSocket::state).containsExactly(null, null, TcpState.CLOSE, null);
    }

    @Test
    void descriptorOverridesForgedUnixRow() {
        kernel.unix(7, 100).unix(8, 200).unix(9, 300).udp(9, 300);
        untracked = Map.of(7, 100L, 8, 200L, 9, 300L);
        protocols.putAll(Map.of(7, Protocol.TCP, 8, Protocol.UDP));
        states.put(7, TcpState.CLOSE);

        assertThat(join(List.of(), List.of()).sockets())
                .extracting(JoinedSocket::protocol)
                .containsExactly(Protocol.TCP, Protocol.UDP, Protocol.UDP);
    }

    @Test
    void tcpStateMakesSocketTcp() {
        kernel.socket(7, 100);
        protocols.put(7, Protocol.OTHER);
        states.put(7, TcpState.ESTABLISHED);

        assertThat(only(join(List.of(record), List.of(record))).protocol()).isEqualTo(Protocol.TCP);
    }

    @Test
    void onlyDescriptorsWithoutRowNeedAnAnswerOfTheKernel() {
        TrackedSocket unlisted = opened(3);
        TrackedSocket opening = opened(4);
        TrackedSocket closed = opened(5);
        kernel.tcp(7, 100, TcpState.CLOSE_WAIT).udp(8, 200).unix(9, 300).socket(10, 400);

        assertThat(Join.descriptorsWithoutRow(
                        List.of(unlisted, closed, record), kernel.snapshot(), List.of(unlisted, opening, record)))
                .containsExactlyInAnyOrder(9, 10, 3);
    }

    @Test
    void aThreadIsNeededWhereNoThreadShouldWait() {
        assertThat(needsThread(TcpState.CLOSE_WAIT, 0)).isTrue();
        assertThat(needsThread(TcpState.SYN_SENT, 0)).isTrue();
        assertThat(needsThread(TcpState.ESTABLISHED, 1))
                .as("it may be stuck in a write")
                .isTrue();
        assertThat(needsThread(TcpState.ESTABLISHED, 0)).as("a reader may wait").isFalse();
        assertThat(needsThread(null, 0)).isFalse();
        assertThat(JoinFixtures.untracked(7, Origin.NOT_SEEN, 1L).needsActiveThread())
                .as("no object leads to its threads")
                .isFalse();
    }

    private boolean needsThread(@Nullable TcpState state, long sendQ) {
        TcpRow row = state == null ? null : JoinFixtures.row(100, state, 0, sendQ);
        return new JoinedSocket(
                        7, 100, record, true, Origin.OPENED, Protocol.TCP, state, row, StateTimes.NONE, null, null)
                .needsActiveThread();
    }

    @Test
    void socketsStandInTheOrderOfDescriptors() {
        TrackedSocket unlisted = opened(3);
        states.put(3, TcpState.CLOSE_WAIT);
        protocols.put(3, Protocol.TCP);
        kernel.tcp(7, 100, TcpState.ESTABLISHED).tcp(8, 200, TcpState.ESTABLISHED);
        untracked = Map.of(8, 200L);
        List<TrackedSocket> both = List.of(unlisted, record);

        assertThat(join(both, both).sockets()).extracting(JoinedSocket::fd).containsExactly(3, 7, 8);
    }

    private Join join(List<TrackedSocket> before, List<TrackedSocket> after) {
        KernelSnapshot snapshot = kernel.snapshot();
        Map<Integer, DescriptorStatus> statuses = new HashMap<>();
        for (int fd : Join.descriptorsWithoutRow(before, snapshot, after)) {
            statuses.put(fd, new DescriptorStatus(protocols.get(fd), states.get(fd)));
        }
        return Join.of(before, snapshot, after, lastInodes, contradicted, untracked, early, statuses);
    }

    private static JoinedSocket only(Join join) {
        assertThat(join.sockets()).hasSize(1);
        return join.sockets().get(0);
    }

    private static final class AllSeven implements DescriptorAccess {

        @Override
        public boolean isClosedByPeer(Socket tlsSocket) {
            return false;
        }

        @Override
        public int numberOf(FileDescriptor fd) {
            return 7;
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
