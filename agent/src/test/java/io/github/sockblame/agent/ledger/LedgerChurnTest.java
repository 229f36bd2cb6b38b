// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileDescriptor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The ledger under many threads, beside a kernel that gives the lowest free number as Linux does. */
class LedgerChurnTest {

    private static final int THREADS = 6;
    private static final int ROUNDS = 30_000;

    private final FakeDescriptorAccess numbers = new FakeDescriptorAccess();
    private final Ledger ledger = TestLedger.of(numbers);
    private final LedgerView view = new LedgerView(ledger);
    private final BitSet taken = new BitSet();

    @Test
    void noRecordIsLostOrLeftBehind() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CountDownLatch together = new CountDownLatch(THREADS);
            List<Future<List<FileDescriptor>>> churns = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int seed = i;
                churns.add(threads.submit((Callable<List<FileDescriptor>>) () -> {
                    together.countDown();
                    together.await();
                    return churn(seed);
                }));
            }
            List<FileDescriptor> open = new ArrayList<>();
            for (Future<List<FileDescriptor>> churn : churns) {
                open.addAll(churn.get(60, TimeUnit.SECONDS));
            }

            assertThat(view.sockets()).extracting(TrackedSocket::fd).containsExactlyElementsOf(numbersOf(open));
            for (FileDescriptor fd : open) {
                TrackedSocket socket = requireNonNull(view.at(numbers.numberOf(fd)));
                assertThat(socket.hasIdentity(System.identityHashCode(fd))).isTrue();
                assertThat(socket.eof()).as("told of this one").isNotNull();
            }
            assertThat(view.missedCloses()).isZero();
        } finally {
            threads.shutdownNow();
        }
    }

    /** Opens and closes; open is told after the kernel gave the number, close before it takes it back. */
    private List<FileDescriptor> churn(int seed) {
        Deque<FileDescriptor> mine = new ArrayDeque<>();
        for (int i = 0; i < ROUNDS; i++) {
            if (mine.size() < 20 + seed) {
                FileDescriptor fd = numbers.descriptor(give());
                ledger.opened(fd);
                ledger.descriptorSeen(fd);
                ledger.eofRead(fd);
                mine.add(fd);
            } else {
                FileDescriptor fd = mine.remove();
                ledger.closeRequested(fd, true);
                ledger.closed(fd);
                takeBack(numbers.numberOf(fd));
            }
        }
        return new ArrayList<>(mine);
    }

    private int give() {
        synchronized (taken) {
            int number = taken.nextClearBit(1000); // across the border of two chunks
            taken.set(number);
            return number;
        }
    }

    private void takeBack(int number) {
        synchronized (taken) {
            taken.clear(number);
        }
    }

    private List<Integer> numbersOf(List<FileDescriptor> descriptors) {
        return descriptors.stream().map(numbers::numberOf).sorted().toList();
    }
}
