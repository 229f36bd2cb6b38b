// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.capture.StackCapturer;
import java.io.FileDescriptor;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Listeners that were open before the agent: it hears of them at their first accept. */
class LateListenersTest {

    private static final int ROUNDS = 20_000;

    private static final ExecutorService OTHER = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "other");
        thread.setDaemon(true);
        return thread;
    });

    private final FakeDescriptorAccess numbers = new FakeDescriptorAccess();
    private final Ledger ledger = TestLedger.of(numbers);
    private final LedgerView view = new LedgerView(ledger);
    private final CyclicBarrier start = new CyclicBarrier(2);

    @Test
    void aListenerHasARecordFromItsFirstAcceptOn() {
        FileDescriptor listener = numbers.descriptor(5);
        ledger.accepted(listener, numbers.descriptor(6));
        TrackedSocket adopted = at(5);

        assertThat(adopted.opened()).isNull();
        assertThat(adopted.isAccepted()).isFalse();
        assertThat(adopted.accepts()).isNotNull();
        assertThat(accepts(5).backlog()).isNull();
        assertThat(accepts(5).count()).isEqualTo(1);
        assertThat(accepts(5).lastAccept()).isSameAs(at(6).opened()).isNotNull();
        assertThat(accepts(5).lastAcceptThread()).isSameAs(Thread.currentThread());

        ledger.accepted(listener, numbers.socket(numbers.descriptor(7)));
        assertThat(at(5)).isSameAs(adopted);
        assertThat(accepts(5).count()).isEqualTo(2);
        assertThat(at(7).isAccepted()).isTrue();
        assertThat(at(7).listenerOpened()).as("nobody knows").isNull();
        assertThat(view.missedCloses()).isZero();

        ledger.closed(listener);
        assertThat(view.at(5)).isNull();
    }

    @Test
    void aListenerThatIsClosedAlreadyIsNotAdopted() {
        FileDescriptor listener = numbers.descriptor(5);
        ledger.closed(listener);
        ledger.accepted(listener, numbers.descriptor(6));
        ledger.accepted(listener, numbers.socket(numbers.descriptor(7)));

        assertThat(view.at(5)).isNull();
        assertThat(at(6).isAccepted()).isTrue();
        assertThat(at(7).isAccepted()).isTrue();
    }

    @Test
    void thePresentOwnerOfTheNumberIsNotTheListener() {
        FileDescriptor listener = numbers.descriptor(5);
        ledger.opened(numbers.descriptor(5));
        TrackedSocket other = at(5);
        ledger.accepted(listener, numbers.descriptor(6));

        assertThat(at(5)).isSameAs(other);
        assertThat(other.accepts()).isNull();
        assertThat(view.missedCloses()).isZero();
    }

    @Test
    void aListenerBeyondTheTableHasNoRecord() {
        ledger.accepted(numbers.descriptor(Integer.MAX_VALUE), numbers.descriptor(6));
        ledger.accepted(numbers.descriptor(-1), numbers.descriptor(7));

        assertThat(view.sockets()).containsExactly(at(6), at(7));
    }

    @Test
    void aListenerThatIsClosedWhileItsRecordIsMadeLeavesNone() {
        AtomicInteger made = new AtomicInteger();
        Ledger closing = new Ledger(
                numbers,
                ConnectionAddresses.UNKNOWN,
                new FakeProbe(),
                null,
                new StackCapturer(StackCapturer.UNLIMITED),
                new SocketRegistry() {
                    @Override
                    TrackedSocket newAdopted(int number, int identity) {
                        made.incrementAndGet();
                        assertThat(removeClosed(number, identity)).isNull();
                        return super.newAdopted(number, identity);
                    }
                });
        closing.accepted(numbers.descriptor(5), numbers.descriptor(6));
        closing.accepted(numbers.descriptor(7), numbers.socket(numbers.descriptor(8)));

        assertThat(made).hasValue(2);
        assertThat(new LedgerView(closing).sockets())
                .extracting(TrackedSocket::fd)
                .containsExactly(6, 8);
    }

    @Test
    void aListenerThatAnotherThreadClosesMeanwhileLeavesNoRecord() throws Exception {
        FileDescriptor connection = numbers.descriptor(6);
        for (int i = 0; i < ROUNDS; i++) {
            FileDescriptor listener = numbers.descriptor(5);
            together(() -> ledger.accepted(listener, connection), () -> ledger.closed(listener));
            assertThat(view.at(5)).as("round %d", i).isNull();
        }
    }

    @Test
    void twoThreadsThatAcceptFirstCountAtOneRecord() throws Exception {
        FileDescriptor one = numbers.descriptor(6);
        FileDescriptor other = numbers.descriptor(7);
        for (int i = 0; i < ROUNDS; i++) {
            FileDescriptor listener = numbers.descriptor(5);
            together(() -> ledger.accepted(listener, one), () -> ledger.accepted(listener, other));
            assertThat(accepts(5).count()).as("round %d", i).isEqualTo(2);
            ledger.closed(listener);
        }
    }

    private void together(Runnable here, Runnable there) throws Exception {
        Future<?> done = OTHER.submit(() -> {
            start.await();
            there.run();
            return null;
        });
        start.await();
        here.run();
        done.get(60, TimeUnit.SECONDS);
    }

    private AcceptStats accepts(int fd) {
        return requireNonNull(at(fd).accepts());
    }

    private TrackedSocket at(int fd) {
        return requireNonNull(view.at(fd));
    }
}
