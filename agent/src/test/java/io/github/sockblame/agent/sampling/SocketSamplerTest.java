// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.sockblame.agent.capture.AwaitGc;
import io.github.sockblame.agent.capture.MonotonicClock;
import io.github.sockblame.agent.culprit.CulpritFinder;
import io.github.sockblame.agent.join.AcceptQueuePressure;
import io.github.sockblame.agent.join.EarlySockets;
import io.github.sockblame.agent.join.JoinedListener;
import io.github.sockblame.agent.join.JoinedSocket;
import io.github.sockblame.agent.kernel.FakeProc;
import io.github.sockblame.agent.kernel.ProcFs;
import io.github.sockblame.agent.kernel.SocketStateReader;
import io.github.sockblame.agent.kernel.UnavailableStates;
import io.github.sockblame.agent.kernel.fd.FstatCalls;
import io.github.sockblame.agent.ledger.FakeDescriptorAccess;
import io.github.sockblame.agent.ledger.Ledger;
import io.github.sockblame.agent.ledger.LedgerView;
import io.github.sockblame.agent.ledger.TestLedger;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.agent.memory.HeapRoom;
import io.github.sockblame.agent.memory.NoRoomException;
import io.github.sockblame.agent.memory.ReportCost;
import io.github.sockblame.agent.memory.SmallHeap;
import io.github.sockblame.report.ListenDrops;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.TcpState;
import java.io.FileDescriptor;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SocketSamplerTest {

    private static final long GRACE_MILLIS = 3000;

    @TempDir
    Path folder;

    private final FakeDescriptorAccess numbers = new FakeDescriptorAccess();
    private final Ledger ledger = TestLedger.of(numbers);
    private final LedgerView view = new LedgerView(ledger);
    private final FakeStates states = new FakeStates();
    private FakeProc proc;
    private SocketSampler sampler;

    @BeforeEach
    void begin() {
        proc = FakeProc.complete(folder);
        sampler = readings(states.asked());
    }

    private SocketSampler readings(SocketStateReader asked) {
        return sampler(proc.procFs(), asked, new RetryPause(RetryPause.READING_MILLIS));
    }

    private SocketSampler sampler(ProcFs procFs, SocketStateReader asked, Runnable retryPause) {
        return sampler(procFs, asked, HeapRoom.unlimited(), retryPause);
    }

    private SocketSampler sampler(ProcFs procFs, SocketStateReader asked, HeapRoom room, Runnable retryPause) {
        CulpritFinder culprits = CulpritFinder.of(List.of(), List.of());
        LastUseTracker lastUse = new LastUseTracker(view.lastUseCapture(), culprits);
        return new SocketSampler(
                view,
                procFs,
                asked,
                FakeOwners.NONE,
                room,
                new EarlySockets(Set.of(300L), Set.of()),
                lastUse,
                culprits,
                GRACE_MILLIS,
                retryPause);
    }

    @Test
    void noTableIsReadWithoutMemoryForIt() {
        proc.tcp(row(12_661));
        SocketSampler poor = sampler(
                proc.procFs(),
                states.asked(),
                SmallHeap.of(1 << 20, 1 << 20),
                new RetryPause(RetryPause.READING_MILLIS));

        poor.readAll();

        assertThat(poor.quickStats().descriptorLimit()).as("nothing was read").isEqualTo(-1);
        assertThat(poor.needsReading()).as("in the next round").isTrue();
        assertThat(poor.count().totals().leaked()).isZero();
    }

    @Test
    void theAlertsHaveTheirFiguresWithoutAReading() {
        ledger.opened(numbers.descriptor(7));
        SocketSampler poor = sampler(
                proc.socket(7, 12_661).procFs(),
                states.asked(),
                SmallHeap.of((1 << 20) + ReportCost.ofTotals(1), 0),
                new RetryPause(RetryPause.READING_MILLIS));

        poor.readAll();

        assertThat(poor.quickStats().openDescriptors()).isPositive();
        assertThat(poor.quickStats().descriptorLimit()).isPositive();
    }

    @Test
    void aReadingIsGivenUpWhenTheProgramTakesItsMemory() {
        proc.tcp(row(12_661));
        long firstLook = ReportCost.ofReading(0);
        SocketSampler poor = sampler(
                proc.procFs(),
                states.asked(),
                SmallHeap.growing(3 << 20, firstLook * 6),
                new RetryPause(RetryPause.READING_MILLIS));

        poor.readAll();

        assertThat(poor.quickStats().descriptorLimit())
                .as("nothing was recorded")
                .isEqualTo(-1);
        assertThatThrownBy(poor::read)
                .isInstanceOf(NoRoomException.class)
                .hasMessage("not enough memory: the program took it while the report was made");
    }

    @Test
    void socketWithRowIsNotReadAgain() {
        Map<Integer, Long> behind = new HashMap<>(Map.of(7, 12_661L));
        List<Integer> asked = new ArrayList<>();
        long open = proc.file("fd")
                .toFile()
                .length(); // what the kernel says by it, and the file system of this test as it likes
        SocketSampler remembering = sampler(
                proc.tcp(row(12_661)).procFs(fd -> {
                    asked.add(fd);
                    return fd < open ? behind.getOrDefault(fd, FstatCalls.NO_SOCKET) : FstatCalls.CLOSED;
                }),
                states.asked(),
                new RetryPause(RetryPause.READING_MILLIS));
        ledger.opened(numbers.descriptor(7));

        assertThat(remembering.read().join().sockets()).hasSize(1);
        assertThat(asked).contains(7);
        asked.clear();
        assertThat(remembering.read().join().sockets()).hasSize(1);
        assertThat(asked).contains(6).doesNotContain(7);
        remembering.readAll();
        assertThat(asked).contains(7);

        behind.put(7, 12_662L); // closed unheard, and given away
        proc.tcp(row(12_662));
        SnapshotReader.JoinedSnapshot joinedSnapshot = remembering.read();
        assertThat(joinedSnapshot.unconfirmed()).isEqualTo(1);
        assertThat(joinedSnapshot.join().sockets())
                .extracting(JoinedSocket::origin, JoinedSocket::inode)
                .containsExactly(tuple(Origin.NOT_SEEN, 12_662L));
    }

    private static String row(long inode) {
        return "   5: 0100007F:C9D3 0100007F:8B2E 08 00000000:00000006 00:00000000 00000000     0        0 " + inode
                + " 2 0000000030b9c2df 20 4 31 10 -1                   ";
    }

    @Test
    void trackedAndUntrackedAreAllOfThem() {
        ledger.opened(numbers.descriptor(7));
        proc.socket(7, 100).socket(8, 200).socket(9, 300);

        assertThat(sampler.read().join().sockets())
                .extracting(JoinedSocket::origin)
                .containsExactly(Origin.OPENED, Origin.NOT_SEEN, Origin.BEFORE_AGENT);
    }

    /** As the kernel leaves rows out when others change its table while it is read. */
    @Test
    void aRowThatWasLeftOutIsLookedForOnceMore() {
        ledger.opened(numbers.descriptor(7));
        proc.socket(7, 12_661);
        states.put(7, TcpState.CLOSE_WAIT);
        AtomicInteger waited = new AtomicInteger();
        SocketSampler leavingOut = waiting(waited, () -> proc.tcp(row(12_661)));

        for (int i = 0; i < 2; i++) {
            assertThat(leavingOut.read().join().sockets().get(0).row()).isNotNull();
            assertThat(waited).hasValue(1);
        }
    }

    @Test
    void socketWithoutRowCausesOneWait() {
        ledger.opened(numbers.descriptor(7));
        proc.socket(7, 12_661);
        states.put(7, TcpState.ESTABLISHED);
        AtomicInteger waited = new AtomicInteger();
        SocketSampler without = waiting(waited, () -> {});

        for (int i = 0; i < 3; i++) {
            assertThat(without.read().join().sockets().get(0).row()).isNull();
        }
        assertThat(waited).hasValue(1);
    }

    /** Readings that count how often they wait for a second look, while this happens. */
    private SocketSampler waiting(AtomicInteger waited, Runnable meanwhile) {
        return sampler(proc.procFs(), states.asked(), () -> {
            waited.incrementAndGet();
            meanwhile.run();
        });
    }

    @Test
    void descriptorGoneAtSecondReadingIsDropped() {
        proc.socket(8, 200);
        SocketSampler meanwhileClosed = waiting(new AtomicInteger(), () -> proc.without("fd/8"));

        assertThat(meanwhileClosed.read().join().sockets()).isEmpty();
    }

    @Test
    void anInterruptedThreadGetsItsAnswerAndStaysInterrupted() {
        proc.socket(8, 200);
        long began = System.nanoTime();
        Thread.currentThread().interrupt();
        try {
            assertThat(sampler.read().join().sockets()).hasSize(1);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(System.nanoTime() - began)
                .as("looked a second time no sooner than for others")
                .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(20));
    }

    @Test
    void unconfirmedRecordIsRemovedAndCounted() {
        proc.link(0, "pipe:[1]");
        ledger.opened(numbers.descriptor(7));
        SnapshotReader.JoinedSnapshot joinedSnapshot = sampler.read();

        assertThat(joinedSnapshot.join().sockets()).isEmpty();
        assertThat(joinedSnapshot.unconfirmed()).isEqualTo(1);
        assertThat(view.at(7)).isNull();
        assertThat(sampler.read().unconfirmed()).as("counted once").isEqualTo(1);
    }

    @Test
    void reusedDescriptorWithMissedEventsIsReported() {
        ledger.opened(numbers.descriptor(7));
        proc.socket(7, 100);
        assertThat(sampler.read().join().sockets()).hasSize(1);

        proc.without("fd/7").socket(7, 101);
        SnapshotReader.JoinedSnapshot joinedSnapshot = sampler.read();
        assertThat(joinedSnapshot.join().sockets())
                .extracting(JoinedSocket::origin, JoinedSocket::inode)
                .containsExactly(tuple(Origin.NOT_SEEN, 101L));
        assertThat(joinedSnapshot.unconfirmed()).isEqualTo(1);
        assertThat(view.at(7)).isNull();
    }

    @Test
    void aStateLastsOverReadingsAndSamples() {
        ledger.opened(numbers.descriptor(7));
        proc.socket(7, 100).socket(8, 200);
        states.put(7, TcpState.CLOSE_WAIT).put(8, TcpState.CLOSE_WAIT);
        sampler.sampleStates();
        long tracked = sampledSince(7);
        long untracked = sampledSince(8);
        tick();
        sampler.sampleStates();

        assertThat(sampledSince(7)).isEqualTo(tracked);
        assertThat(sampledSince(8)).as("remembered as untracked").isEqualTo(untracked);
        states.put(7, TcpState.CLOSE);
        tick();
        sampler.sampleStates();
        assertThat(sampledSince(7)).isGreaterThan(tracked);
    }

    @Test
    void anEofBeforeThePeersFinIsTheProgramsOwn() {
        FileDescriptor fd = numbers.descriptor(7);
        ledger.opened(fd);
        states.put(7, TcpState.ESTABLISHED);
        ledger.eofRead(fd);
        TrackedSocket socket = requireNonNull(view.at(7));
        sampler.sampleStates();
        assertThat(socket.eof()).as("of its own shutdownInput").isNull();

        states.put(7, TcpState.CLOSE_WAIT);
        ledger.eofRead(fd);
        sampler.sampleStates();
        assertThat(socket.eof()).as("of the peer").isNotNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOSE_WAIT", "LAST_ACK", "CLOSING", "TIME_WAIT", "CLOSE"})
    void anEofAfterThePeersFinStays(TcpState state) {
        FileDescriptor fd = numbers.descriptor(7);
        ledger.opened(fd);
        states.put(7, state);
        ledger.eofRead(fd);
        sampler.sampleStates();
        assertThat(requireNonNull(view.at(7)).eof()).isNotNull();
    }

    @Test
    void aStateLastsThoughItCannotBeSampled() {
        ledger.opened(numbers.descriptor(7));
        proc.socket(7, 100)
                .tcp(
                        "   0: 0100007F:ACF1 0100007F:C9D3 08 00000000:00000001 00:00000000 00000000     0        0 100 1 0");
        sampler = readings(UnavailableStates.because("not in this JDK"));
        long since = sampledSince(7);
        tick();
        sampler.sampleStates();

        assertThat(sampledSince(7)).isEqualTo(since);
    }

    @Test
    void aListenersQueueIsLookedAtBetweenReadings() {
        FileDescriptor fd = numbers.descriptor(7);
        ledger.opened(fd);
        ledger.listening(fd, 3);
        proc.socket(7, 100).tcp(listenRow(100, 3));
        states.put(7, TcpState.LISTEN);
        sampler.sampleStates();
        assertThat(sampler.needsReading()).isTrue();
        assertThat(theListener().pressure().polls()).isEqualTo(1);

        proc.tcp(listenRow(100, 4));
        sampler.sampleStates();
        assertThat(sampler.needsReading()).isFalse();
        sampler.sampleStates();
        assertThat(theListener().limit()).isEqualTo(3);
        assertThat(theListener().pressure().polls()).isEqualTo(5);
        assertThat(requireNonNull(theListener().acceptor()).why()).contains("no thread has ever accepted");

        ledger.accepted(fd, numbers.descriptor(8));
        proc.tcp(listenRow(100, 0));
        sampler.sampleStates();
        assertThat(theListener().pressure()).isEqualTo(AcceptQueuePressure.NONE);
    }

    @Test
    void reusedDescriptorStartsNewQueueHistory() {
        FileDescriptor fd = numbers.descriptor(7);
        ledger.opened(fd);
        ledger.listening(fd, 3);
        proc.socket(7, 100).tcp(listenRow(100, 3));
        assertThat(theListener().pressure().polls()).isEqualTo(1);
        ledger.closed(fd);
        ledger.opened(numbers.descriptor(7));
        sampler.sampleStates();
        sampler.sampleStates();

        assertThat(theListener().pressure().polls())
                .as("of the old one nothing is left, of the new one nothing is known")
                .isEqualTo(1);
    }

    @Test
    void overflowsAreCountedSinceFirstReading() {
        proc.listenCounters(100, 110);
        sampler.read();
        proc.listenCounters(103, 115);
        ListenDrops drops = requireNonNull(sampler.read().listening().drops());

        assertThat(drops).extracting(ListenDrops::overflows, ListenDrops::drops).containsExactly(103L, 115L);
        assertThat(drops)
                .extracting(ListenDrops::newOverflows, ListenDrops::newDrops)
                .containsExactly(3L, 5L);
        proc.without("net/netstat");
        assertThat(readings(states.asked()).read().listening().drops()).isNull();
    }

    private JoinedListener theListener() {
        List<JoinedListener> listeners = sampler.read().listening().listeners();
        assertThat(listeners).hasSize(1);
        return listeners.get(0);
    }

    @Test
    void roundRecordsItsMinute() {
        MinuteHistory none = new MinuteHistory();
        sampler.recordMinute(none);
        assertThat(none.toHistory().samples()).as("nothing was looked at yet").isEmpty();

        FileDescriptor fd = numbers.descriptor(7);
        ledger.opened(fd);
        ledger.opened(numbers.descriptor(10));
        proc.socket(7, 100).socket(8, 200).socket(9, 300).socket(10, 400);
        states.put(7, TcpState.CLOSE_WAIT).put(8, TcpState.CLOSE_WAIT);
        assertThat(sampler.read().join().sockets()).hasSize(4);
        checkSample(4, Map.of(TcpState.CLOSE_WAIT, 2));

        states.put(7, TcpState.LAST_ACK);
        sampler.sampleStates();
        checkSample(4, Map.of(TcpState.CLOSE_WAIT, 1, TcpState.LAST_ACK, 1));
        ledger.closed(fd);
        sampler.sampleStates();
        checkSample(3, Map.of(TcpState.CLOSE_WAIT, 1));
    }

    @Test
    void readingsRecordMinuteWithoutStates() {
        sampler = readings(UnavailableStates.because("not in this JDK"));
        proc.socket(7, 100);
        ledger.opened(numbers.descriptor(7));
        assertThat(sampler.read().join().sockets()).hasSize(1);
        for (int i = 0; i < 3; i++) {
            sampler.sampleStates();
        }
        assertThat(sampler.read().join().sockets()).hasSize(1);

        checkSample(1, Map.of());
    }

    private void checkSample(int sockets, Map<TcpState, Integer> byState) {
        MinuteHistory hour = new MinuteHistory();
        sampler.recordMinute(hour);
        assertThat(hour.toHistory().samples()).singleElement().satisfies(sample -> {
            assertThat(sample.sockets()).isEqualTo(sockets);
            assertThat(sample.leaked()).as("nothing was judged").isNull();
            assertThat(sample.byState()).isEqualTo(byState);
        });
    }

    private static String listenRow(long inode, int queue) {
        return "   0: 0100007F:ACF1 00000000:0000 0A 00000000:0000000" + queue + " 00:00000000 00000000     0        0 "
                + inode + " 1 00000000a077f0dd 100 0 0 10 0";
    }

    @Test
    void closedRecordIsReleased() {
        proc.socket(7, 100);
        WeakReference<TrackedSocket> record = new WeakReference<>(openReadAndClose());
        sampler.drainCloses();
        sampler.sampleStates();

        assertThat(AwaitGc.isCollected(record)).isTrue();
    }

    private TrackedSocket openReadAndClose() {
        FileDescriptor fd = numbers.descriptor(7);
        ledger.opened(fd);
        TrackedSocket record = requireNonNull(view.at(7));
        states.put(7, TcpState.ESTABLISHED);
        assertThat(sampler.read().join().inodes().contains(record)).isTrue();
        ledger.closed(fd);
        return record;
    }

    private long sampledSince(int fd) {
        return sampler.read().join().sockets().stream()
                .filter(socket -> socket.fd() == fd)
                .findFirst()
                .orElseThrow()
                .history()
                .stateSince();
    }

    private static void tick() {
        long now = MonotonicClock.millis();
        while (MonotonicClock.millis() == now) {
            Thread.onSpinWait();
        }
    }
}
