// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.join.AcceptorThread;
import io.github.sockblame.agent.ledger.AcceptStats;
import io.github.sockblame.agent.ledger.FakeDescriptorAccess;
import io.github.sockblame.agent.ledger.Ledger;
import io.github.sockblame.agent.ledger.LedgerView;
import io.github.sockblame.agent.ledger.TestLedger;
import java.io.FileDescriptor;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class AcceptorLookupTest {

    private final FakeDescriptorAccess numbers = new FakeDescriptorAccess();
    private final Ledger ledger = TestLedger.of(numbers);
    private final LedgerView view = new LedgerView(ledger);
    private final FileDescriptor listener = numbers.descriptor(5);
    private final CountDownLatch accepted = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);

    private AcceptStats accepts() {
        return requireNonNull(requireNonNull(view.at(5)).accepts());
    }

    private void acceptAndStand() {
        ledger.accepted(listener, numbers.descriptor(6));
        accepted.countDown();
        standHere();
    }

    private void standHere() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void acceptorHasCurrentStackUntilItEnds() throws Exception {
        ledger.opened(listener);
        ledger.listening(listener, 50);
        Thread thread = new Thread(this::acceptAndStand, "acceptor");
        thread.start();
        accepted.await();
        AcceptorThread acceptorThread = AcceptorLookup.find(accepts(), FakeOwners.NONE, view);

        assertThat(acceptorThread.why()).isNull();
        assertThat(requireNonNull(acceptorThread.standing()).thread()).isEqualTo("acceptor");
        assertThat(acceptorThread.standing().stack().frames())
                .anyMatch(frame -> frame.getMethodName().equals("acceptAndStand"));

        end.countDown();
        thread.join();
        assertThat(AcceptorLookup.find(accepts(), FakeOwners.NONE, view).why()).contains("has ended");
        assertThat(AcceptorLookup.find(accepts(), FakeOwners.NONE, view).standing())
                .isNull();
    }

    @Test
    void missingAcceptorDiffersFromUnknownAcceptor() {
        ledger.opened(listener);
        assertThat(AcceptorLookup.find(null, FakeOwners.NONE, view).why()).contains("is unknown");
        ledger.listening(listener, 50);

        assertThat(AcceptorLookup.find(accepts(), FakeOwners.NONE, view).why()).contains("no thread has ever accepted");
    }

    @Test
    void missingStackIsNoHarm() throws Exception {
        ledger.opened(listener);
        Thread thread = new Thread(this::acceptAndStand);
        thread.start();
        accepted.await();

        assertThat(AcceptorLookup.find(accepts(), new FakeOwners().withoutStacks(), view)
                        .why())
                .contains("could not be read");
        end.countDown();
        thread.join();
    }
}
