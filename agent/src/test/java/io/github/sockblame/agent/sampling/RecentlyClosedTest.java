// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.capture.CallStack;
import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.capture.SampleEvent;
import io.github.sockblame.agent.join.ClosedConnection;
import io.github.sockblame.agent.ledger.ClosedSocketSample;
import io.github.sockblame.agent.ledger.ConnectionEndpoints;
import io.github.sockblame.agent.ledger.SampleSocket;
import io.github.sockblame.agent.ledger.TrackedSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentlyClosedTest {

    private static final long NOW = 1_800_000_000_000L;

    private final RecentlyClosed recentlyClosed = new RecentlyClosed();

    @Test
    void connectionKeepsItsEvents() {
        TrackedSocket socket = closed(NOW - 400, 40_000);
        recentlyClosed.add(new ClosedSocketSample.Batch(3, List.of(socket)), NOW);

        assertThat(recentlyClosed.all()).singleElement().satisfies(one -> {
            assertThat(one.endpoints()).isEqualTo(socket.endpoints());
            assertThat(one.opened()).isSameAs(socket.opened());
            assertThat(one.closing()).isSameAs(socket.closing());
            assertThat(one.closedMillis()).isEqualTo(NOW - 400);
            assertThat(one.accepted()).isFalse();
            assertThat(one.weight()).as("it stands for two others").isEqualTo(3);
        });
    }

    @Test
    void closeWithoutRequestCountsAsNow() {
        TrackedSocket socket =
                SampleSocket.closedWith(ends(40_000), SampleSocket.of(7, witness(NOW - 900), null, null, null));
        recentlyClosed.add(new ClosedSocketSample.Batch(1, List.of(socket)), NOW);

        assertThat(recentlyClosed.all())
                .extracting(ClosedConnection::closedMillis)
                .containsExactly(NOW);
    }

    @Test
    void withoutAddressesNothingIsKept() {
        TrackedSocket socket = SampleSocket.of(7, witness(NOW - 900), null, null, witness(NOW));
        recentlyClosed.add(new ClosedSocketSample.Batch(1, List.of(socket)), NOW);

        assertThat(recentlyClosed.all()).isEmpty();
    }

    @Test
    void theOldAreForgotten() {
        recentlyClosed.add(new ClosedSocketSample.Batch(2, List.of(closed(NOW - 1000, 1), closed(NOW, 2))), NOW);
        recentlyClosed.add(new ClosedSocketSample.Batch(0, List.of()), NOW - 1000 + RecentlyClosed.KEPT_MILLIS);
        assertThat(recentlyClosed.all()).hasSize(2);

        recentlyClosed.add(new ClosedSocketSample.Batch(0, List.of()), NOW - 999 + RecentlyClosed.KEPT_MILLIS);
        assertThat(recentlyClosed.all())
                .extracting(one -> one.endpoints().localPort())
                .containsExactly(2);
    }

    @Test
    void thereAreNeverTooMany() {
        List<TrackedSocket> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(closed(NOW, i + 1));
        }
        for (int i = 0; i < 200; i++) {
            recentlyClosed.add(new ClosedSocketSample.Batch(100, many), NOW);
        }

        assertThat(recentlyClosed.all()).hasSize(RecentlyClosed.MAX_CONNECTIONS);
    }

    private static TrackedSocket closed(long millis, int localPort) {
        return SampleSocket.closedWith(
                ends(localPort), SampleSocket.of(7, witness(millis - 5), null, null, witness(millis)));
    }

    private static ConnectionEndpoints ends(int localPort) {
        return new ConnectionEndpoints(InetAddress.getLoopbackAddress(), 6379, localPort);
    }

    private static CapturedEvent witness(long millis) {
        return SampleEvent.of(CallStack.of(), "main", 1, millis);
    }
}
