// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.kernel.net.TcpRow;
import io.github.sockblame.agent.ledger.ConnectionEndpoints;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.TcpState;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The row here is of a connection from port 40000 to port 443. */
class AddressCheckTest {

    private static final InetAddress PEER = InetAddress.getLoopbackAddress();

    @Test
    void otherLocalPortIsAnotherConnection() {
        assertThat(contradicts(false, new ConnectionEndpoints(PEER, 443, 40_001)))
                .isTrue();
        assertThat(contradicts(true, new ConnectionEndpoints(PEER, 443, 40_001)))
                .isTrue();
        assertThat(contradicts(false, new ConnectionEndpoints(PEER, 443, 40_000)))
                .isFalse();
    }

    @Test
    void otherRemotePortIsAnotherConnectionIfItWasAccepted() {
        assertThat(contradicts(true, new ConnectionEndpoints(PEER, 444, 40_000)))
                .isTrue();
        assertThat(contradicts(false, new ConnectionEndpoints(PEER, 444, 40_000)))
                .as("a cluster's network changes where a connect goes")
                .isFalse();
    }

    @Test
    void objectWithoutConnectionContradictsNothing() {
        assertThat(contradicts(true, null)).isFalse();
        assertThat(AddressCheck.contradicts(row(TcpState.LISTEN, 0), false, new ConnectionEndpoints(PEER, 443, 40_001)))
                .as("a listener has no peer")
                .isFalse();
    }

    private static boolean contradicts(boolean accepted, @Nullable ConnectionEndpoints ends) {
        return AddressCheck.contradicts(row(TcpState.CLOSE_WAIT, 443), accepted, ends);
    }

    private static TcpRow row(TcpState state, int remotePort) {
        return new TcpRow(
                100, state, new Endpoint("10.0.0.1", 40_000), new Endpoint("10.2.3.4", remotePort), 0, 0, 0, 0, 0, 0);
    }
}
