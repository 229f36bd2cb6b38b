// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.ledger.TraceRing.Kind;
import io.github.sockblame.agent.ledger.TraceRing.TraceEvent;
import java.io.FileDescriptor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceRingTest {

    private static final int ALL = 1000;

    private final FakeDescriptorAccess numbers = new FakeDescriptorAccess();
    private final TraceRing ring = new TraceRing(8);
    private final Ledger ledger = TestLedger.of(numbers, ring);
    private final LedgerView view = new LedgerView(ledger);

    @Test
    void eventsOfASocketAreInOrder() {
        FileDescriptor fd = numbers.descriptor(7);
        ledger.opened(fd);
        ledger.eofRead(fd);
        ledger.eofRead(fd);
        ledger.closeRequested(fd, true);
        ledger.closed(fd);
        FileDescriptor next = numbers.descriptor(7);
        ledger.accepted(numbers.descriptor(5), next);
        List<TraceEvent> happenings = ring.drain(ALL);

        assertThat(happenings).extracting(TraceEvent::kind).containsExactly(Kind.OPEN, Kind.EOF, Kind.CLOSE, Kind.OPEN);
        assertThat(happenings)
                .extracting(traceEvent -> traceEvent.socket().isAccepted())
                .containsExactly(false, false, false, true);
        assertThat(happenings.get(2).socket().closedMillis()).isPositive();
        assertThat(ring.drain(ALL)).isEmpty();
        assertThat(ring.dropped()).isZero();
    }

    @Test
    void nativeSocketsAreTracedToo() {
        ledger.nativeOpened(7);
        ledger.nativeEofRead(7, true);
        ledger.nativeEofRead(7, true);
        ledger.nativeAccepted(7, 8);
        ledger.nativeClosed(7);

        assertThat(ring.drain(ALL))
                .extracting(TraceEvent::kind)
                .containsExactly(Kind.OPEN, Kind.EOF, Kind.OPEN, Kind.CLOSE);
    }

    @Test
    void aCleanerCloseIsTraced() {
        ledger.opened(numbers.descriptor(7));
        ledger.closedByCleaner(7);

        assertThat(ring.drain(ALL)).extracting(TraceEvent::kind).containsExactly(Kind.OPEN, Kind.CLOSE);
    }

    @Test
    void theLatestAreKeptAndTheOthersCounted() {
        for (int fd = 0; fd < 20; fd++) {
            ledger.opened(numbers.descriptor(fd));
        }

        assertThat(ring.drain(3))
                .extracting(traceEvent -> traceEvent.socket().fd())
                .containsExactly(12, 13, 14);
        assertThat(ring.drain(ALL))
                .extracting(traceEvent -> traceEvent.socket().fd())
                .containsExactly(15, 16, 17, 18, 19);
        assertThat(ring.dropped()).isEqualTo(12);
    }

    @Test
    void nothingIsRecordedAfterTheStop() {
        ring.stop();
        ledger.opened(numbers.descriptor(7));

        assertThat(ring.drain(ALL)).isEmpty();
        assertThat(view.at(7)).isNotNull();
    }

    @Test
    void eachEventOfManyThreadsIsDrainedOrCounted() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int first = t * 1000;
            Thread thread = new Thread(() -> {
                for (int fd = first; fd < first + 1000; fd++) {
                    ledger.nativeOpened(fd);
                }
            });
            threads.add(thread);
            thread.start();
        }
        long taken = 0;
        while (threads.stream().anyMatch(Thread::isAlive)) {
            taken += ring.drain(ALL).size();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        taken += ring.drain(ALL).size();

        assertThat(taken + ring.dropped()).isEqualTo(4000);
    }
}
