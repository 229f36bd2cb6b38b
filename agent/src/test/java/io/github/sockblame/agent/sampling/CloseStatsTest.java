// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.capture.MonotonicClock;
import io.github.sockblame.agent.culprit.CulpritFinder;
import io.github.sockblame.agent.diagnosis.verdict.ClosedSiblings;
import io.github.sockblame.agent.diagnosis.verdict.PlaceCloseStats.ClosedHere;
import io.github.sockblame.agent.ledger.ConnectionEndpoints;
import io.github.sockblame.agent.ledger.FakeDescriptorAccess;
import io.github.sockblame.agent.ledger.Ledger;
import io.github.sockblame.agent.ledger.LedgerView;
import io.github.sockblame.agent.ledger.SampleSocket;
import io.github.sockblame.agent.ledger.TestLedger;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Frame;
import java.io.FileDescriptor;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The culprit frames here are those of this class: what is not the agent's, the JDK's or a library's. */
class CloseStatsTest {

    private final FakeDescriptorAccess numbers = new FakeDescriptorAccess();
    private final Ledger ledger = TestLedger.of(numbers);
    private final LedgerView view = new LedgerView(ledger);
    private static final CulpritFinder CULPRITS = CulpritFinder.of(List.of(), List.of());

    private final CloseStats closeStats = new CloseStats(CULPRITS);
    private int number = 3;

    @Test
    void closesAreCountedAtOpeningPlace() {
        TrackedSocket first = openAndClose();
        openAndClose();
        add(socket -> 0);

        ClosedHere here = requireNonNull(closeStats.snapshot().of(openingOf(first)));
        assertThat(here.closed()).isEqualTo(2);
        assertThat(here.closedInLastMinute()).isEqualTo(2);
        assertThat(here.openedInLastMinute()).isEqualTo(2);
        assertThat(here.sampled()).isFalse();
        assertThat(here.at()).isNotNull();
        assertThat(here.closedAtCount()).isEqualTo(2);
        assertThat(here.late()).isZero();
    }

    @Test
    void closedSuspectIsCountedAsLate() {
        TrackedSocket first = openAndClose();
        openAndClose();
        add(socket -> socket == first ? requireNonNull(socket.closing()).millis() - 12_000 : 0);

        ClosedHere here = requireNonNull(closeStats.snapshot().of(openingOf(first)));
        assertThat(here.late()).isEqualTo(1);
        assertThat(here.longestLateMillis()).isEqualTo(12_000);
    }

    @Test
    void ofMoreThanCanBeLookedAtSomeStandForAll() {
        TrackedSocket one = openAndClose();
        for (int i = 0; i < 999; i++) {
            openAndClose();
        }
        add(socket -> 0);

        ClosedHere here = requireNonNull(closeStats.snapshot().of(openingOf(one)));
        assertThat(here.sampled()).isTrue();
        assertThat(here.closed()).isEqualTo(1000);
        assertThat(here.closedAtCount()).isEqualTo(1000);
    }

    @Test
    void closesOfOnePlaceAreCountedByTheirRemoteAddress() throws UnknownHostException {
        Frame here = openingOf(openAndClose());
        TrackedSocket there = SampleSocket.closedWith(
                new ConnectionEndpoints(InetAddress.getByName("10.2.3.4"), 443, 40_000), openAndClose());
        add(socket -> 0);

        Map<ClosedSiblings.Key, ClosedSiblings.Closed> byKey =
                closeStats.siblings().byKey();
        assertThat(byKey.get(new ClosedSiblings.Key(openingOf(there), new Endpoint("10.2.3.4", 443))))
                .isEqualTo(new ClosedSiblings.Closed(
                        1, requireNonNull(there.opened()).millis()));
        assertThat(requireNonNull(byKey.get(new ClosedSiblings.Key(here, null))).count())
                .as("without an address")
                .isEqualTo(1);
    }

    @Test
    void nothingIsCountedTwice() {
        TrackedSocket one = openAndClose();
        add(socket -> 0);
        add(socket -> 0);

        assertThat(requireNonNull(closeStats.snapshot().of(openingOf(one))).closed())
                .isEqualTo(1);
    }

    private void add(CloseStats.Suspicion suspicion) {
        closeStats.add(view.drainClosed(CloseStats.MAX_PER_ROUND), suspicion, MonotonicClock.millis());
    }

    private TrackedSocket openAndClose() {
        FileDescriptor fd = numbers.descriptor(number++);
        ledger.opened(fd);
        TrackedSocket socket = requireNonNull(view.at(number - 1));
        ledger.closeRequested(fd, true);
        ledger.closed(fd);
        return socket;
    }

    private static Frame openingOf(TrackedSocket socket) {
        return requireNonNull(blamed(socket));
    }

    private static @Nullable Frame blamed(TrackedSocket socket) {
        return CULPRITS.culpritOrEntry(requireNonNull(socket.opened()).stack());
    }
}
