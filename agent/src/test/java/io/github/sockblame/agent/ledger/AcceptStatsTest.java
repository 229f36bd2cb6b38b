// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptStatsTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final FakeDescriptorAccess numbers = new FakeDescriptorAccess();
    private final Ledger ledger = TestLedger.of(numbers);
    private final LedgerView view = new LedgerView(ledger);
    private final FileDescriptor listener = numbers.descriptor(5);

    private AcceptStats accepts() {
        return requireNonNull(requireNonNull(view.at(5)).accepts());
    }

    @Test
    void aSocketThatDoesNotListenHasNone() {
        ledger.opened(listener);
        ledger.opened(numbers.descriptor(6));
        ledger.listening(numbers.descriptor(7), 10); // not heard of before

        assertThat(view.sockets()).extracting(TrackedSocket::accepts).containsOnlyNulls();
    }

    @ParameterizedTest
    @CsvSource({"1,1", "200,200", "0,50", "-3,50"})
    void theBacklogIsTheJdksArgumentOfListen(int askedFor, int backlog) {
        ledger.opened(listener);
        ledger.listening(listener, askedFor);

        assertThat(accepts().backlog()).isEqualTo(backlog);
        assertThat(accepts().count()).isZero();
        assertThat(accepts().acceptSeen()).isFalse();
        assertThat(accepts().lastAcceptThread()).isNull();
        assertThat(accepts().lastAccept()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"0,0", "128,128", "-1,2147483647"})
    void theBacklogOfNativeCodeIsItsOwnArgument(int askedFor, int backlog) {
        ledger.nativeOpened(5);
        ledger.nativeListening(5, askedFor);
        ledger.nativeAccepted(5, 6);

        assertThat(accepts().backlog()).isEqualTo(backlog);
        assertThat(accepts().count()).isEqualTo(1);
        assertThat(accepts().lastAccept()).isSameAs(requireNonNull(view.at(6)).opened());
    }

    @Test
    void everyAcceptCountsAndTheLatestIsRemembered() {
        ledger.opened(listener);
        ledger.listening(listener, 50);
        ledger.accepted(listener, numbers.descriptor(6));
        FileDescriptor second = numbers.descriptor(7);
        ledger.descriptorSeen(second);
        ledger.accepted(listener, numbers.socket(second));

        assertThat(accepts().count()).isEqualTo(2);
        assertThat(accepts().lastAccept()).isSameAs(requireNonNull(view.at(7)).opened());
        assertThat(accepts().lastAcceptThread()).isSameAs(Thread.currentThread());
    }

    @Test
    void theLatestAcceptOutlivesItsConnection() {
        ledger.opened(listener);
        FileDescriptor connection = numbers.descriptor(6);
        ledger.accepted(listener, connection);
        ledger.closed(connection);
        view.resolveStacksBefore(Long.MAX_VALUE);

        assertThat(requireNonNull(accepts().lastAccept()).isResolved()).isTrue();
    }

    @Test
    void missingListenEventLosesNoAccept() throws Exception {
        ledger.opened(listener);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int first = 100 + i * 1000;
            List<FileDescriptor> connections = new ArrayList<>();
            for (int j = 0; j < 200; j++) {
                connections.add(numbers.descriptor(first + j));
            }
            threads.add(new Thread(() -> connections.forEach(each -> ledger.accepted(listener, each))));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(accepts().backlog()).isNull();
        assertThat(accepts().count()).isEqualTo(800);
        assertThat(accepts().acceptSeen()).isTrue();
    }

    @Test
    void theRateIsThatOfTheLatestInterval() {
        ledger.opened(listener);
        ledger.listening(listener, 50);
        accepts().updateRate(SECOND);
        assertThat(accepts().perSecond()).as("one look is no interval").isNull();

        ledger.accepted(listener, numbers.descriptor(6));
        ledger.accepted(listener, numbers.descriptor(7));
        ledger.accepted(listener, numbers.descriptor(8));
        accepts().updateRate(3 * SECOND);
        assertThat(accepts().perSecond()).isEqualTo(1.5);

        accepts().updateRate(4 * SECOND);
        assertThat(accepts().perSecond()).isZero();
    }
}
