// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.capture.MonotonicClock;
import io.github.sockblame.agent.culprit.CulpritFinder;
import io.github.sockblame.agent.ledger.FakeDescriptorAccess;
import io.github.sockblame.agent.ledger.Ledger;
import io.github.sockblame.agent.ledger.LedgerView;
import io.github.sockblame.agent.ledger.TestLedger;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.TcpState;
import java.io.FileDescriptor;
import java.util.List;
import org.junit.jupiter.api.Test;

class CloseIntakeTest {

    private static final long GRACE = 10_000;

    private final FakeDescriptorAccess numbers = new FakeDescriptorAccess();
    private final Ledger ledger = TestLedger.of(numbers);
    private final LedgerView view = new LedgerView(ledger);
    private final StateHistory history = new StateHistory();
    private final CulpritFinder culprits = CulpritFinder.of(List.of(), List.of());
    private final CloseIntake closeIntake = new CloseIntake(view, history, culprits, GRACE);

    @Test
    void aCloseIsTakenOnce() {
        Frame place = openAndClose(0);
        closeIntake.drain();
        closeIntake.drain();

        assertThat(requireNonNull(closeIntake.stats().of(place)).closed()).isEqualTo(1);
    }

    @Test
    void aCloseIsLateIfTheSocketWasInCloseWaitForTheGrace() {
        Frame place = openAndClose(GRACE - 5000);
        closeIntake.drain();
        assertThat(requireNonNull(closeIntake.stats().of(place)).late()).isZero();

        assertThat(openAndClose(GRACE)).isEqualTo(place);
        closeIntake.drain();
        assertThat(requireNonNull(closeIntake.stats().of(place)).late()).isEqualTo(1);
        assertThat(requireNonNull(closeIntake.stats().of(place)).longestLateMillis())
                .isGreaterThanOrEqualTo(GRACE);
    }

    /** Opens a socket, which has been in CLOSE-WAIT for so long, and closes it. */
    private Frame openAndClose(long millisInCloseWait) {
        FileDescriptor fd = numbers.descriptor(7);
        ledger.opened(fd);
        TrackedSocket socket = requireNonNull(view.at(7));
        long unused = history.observe(7, socket, TcpState.CLOSE_WAIT, MonotonicClock.millis() - millisInCloseWait);
        ledger.closeRequested(fd, true);
        ledger.closed(fd);
        return requireNonNull(
                culprits.culpritOrEntry(requireNonNull(socket.opened()).stack()));
    }
}
