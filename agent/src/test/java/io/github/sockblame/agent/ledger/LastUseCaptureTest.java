// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.capture.MonotonicClock;
import java.io.FileDescriptor;
import org.junit.jupiter.api.Test;

class LastUseCaptureTest {

    private final FakeDescriptorAccess numbers = new FakeDescriptorAccess();
    private final FakeProbe probe = new FakeProbe();
    private final Ledger ledger = TestLedger.of(numbers, probe);
    private final LedgerView view = new LedgerView(ledger);

    private FileDescriptor open(int number) {
        FileDescriptor fd = numbers.descriptor(number);
        ledger.opened(fd);
        return fd;
    }

    private TrackedSocket at(int number) {
        return requireNonNull(view.at(number));
    }

    @Test
    void whileOffAUseRecordsItsTimeAlone() {
        ledger.ioCompleted(open(7));
        assertThat(at(7).lastUsedMillis()).isPositive();
        assertThat(at(7).lastUse()).isNull();
    }

    @Test
    void whileOnANewConnectionCapturesItsLastUse() {
        FileDescriptor before = open(7);
        view.lastUseCapture().refill(1, 10);
        FileDescriptor newcomer = open(8);
        FileDescriptor oneTooMany = open(9);
        for (FileDescriptor fd : new FileDescriptor[] {before, newcomer, oneTooMany}) {
            ledger.ioCompleted(fd);
        }

        CapturedEvent use = requireNonNull(at(8).lastUse());
        assertThat(use.stack().frames())
                .anyMatch(frame -> frame.getMethodName().equals("whileOnANewConnectionCapturesItsLastUse"));
        assertThat(at(8).lastUsedMillis()).isEqualTo(use.millis());
        assertThat(at(7).lastUse()).isNull();
        assertThat(at(9).lastUse()).isNull();
    }

    @Test
    void withoutQuotaALaterUseRecordsItsTimeAlone() {
        view.lastUseCapture().refill(1, 1);
        FileDescriptor fd = open(7);
        ledger.ioCompleted(fd);
        CapturedEvent first = requireNonNull(at(7).lastUse());
        while (MonotonicClock.millis() <= first.millis()) {
            Thread.onSpinWait();
        }
        ledger.ioCompleted(fd);
        assertThat(at(7).lastUse()).isSameAs(first);
        assertThat(at(7).lastUsedMillis()).isGreaterThan(first.millis());

        view.lastUseCapture().refill(0, 1);
        ledger.ioCompleted(fd);
        assertThat(at(7).lastUse()).isNotSameAs(first);
    }

    @Test
    void afterTheStopNothingIsCaptured() {
        view.lastUseCapture().refill(1, 1);
        FileDescriptor fd = open(7);
        view.lastUseCapture().disable();
        ledger.ioCompleted(fd);
        assertThat(at(7).lastUse()).isNull();
        open(8);
        assertThat(at(8).capturesUse()).isFalse();
    }

    @Test
    void ioEventsAreOnWhileItIsOn() {
        view.lastUseCapture().refill(1, 1);
        view.updateIoTracking(false);
        assertThat(probe.ioEventsEnabled).isTrue();
        view.lastUseCapture().disable();
        view.updateIoTracking(false);
        assertThat(probe.ioEventsEnabled).isFalse();
    }

    @Test
    void theStackOfAUseIsResolvedLikeAnyOther() {
        view.lastUseCapture().refill(1, 1);
        ledger.ioCompleted(open(7));
        view.resolveStacksBefore(Long.MAX_VALUE);
        assertThat(requireNonNull(at(7).lastUse()).isResolved()).isTrue();
    }
}
