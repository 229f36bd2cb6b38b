// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.ledger.AcceptStats;
import io.github.sockblame.agent.ledger.GivenNumbers;
import io.github.sockblame.agent.ledger.Ledger;
import java.io.FileDescriptor;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class AcceptorTest {

    private final GivenNumbers numbers = new GivenNumbers();
    private final Ledger ledger = new Ledger(numbers);
    private final FileDescriptor listener = numbers.descriptor(5);
    private final CountDownLatch accepted = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);

    private AcceptStats accepts() {
        return requireNonNull(requireNonNull(ledger.at(5)).accepts());
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
    void isToldByWhereItStandsNowUntilItIsGone() throws Exception {
        ledger.opened(listener);
        ledger.listening(listener, 50);
        Thread thread = new Thread(this::acceptAndStand, "acceptor");
        thread.start();
        accepted.await();
        Acceptor acceptor = Acceptor.of(accepts());

        assertThat(acceptor.why()).isNull();
        assertThat(requireNonNull(acceptor.standing()).thread()).isEqualTo("acceptor");
        assertThat(acceptor.standing().stack().frames())
                .anyMatch(frame -> frame.getMethodName().equals("acceptAndStand"));

        end.countDown();
        thread.join();
        assertThat(Acceptor.of(accepts()).why()).contains("gone");
        assertThat(Acceptor.of(accepts()).standing()).isNull();
    }

    @Test
    void nobodyAndUnknownAreTwoThings() {
        ledger.opened(listener);
        assertThat(Acceptor.of(null).why()).contains("not known");
        ledger.listening(listener, 50);

        assertThat(Acceptor.of(accepts()).why()).contains("nobody has ever accepted");
    }

    @Test
    void aThreadThatGivesNoAnswerIsNoHarm() throws Exception {
        ledger.opened(listener);
        Thread thread = new Thread(this::acceptAndStand) {
            @Override
            public StackTraceElement[] getStackTrace() {
                throw new IllegalStateException("of the program");
            }
        };
        thread.start();
        accepted.await();

        assertThat(Acceptor.of(accepts()).why()).contains("could not be read");
        end.countDown();
        thread.join();
    }
}
