// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.capture.CallStack;
import io.github.sockblame.agent.capture.SampleEvent;
import io.github.sockblame.agent.ledger.SampleSocket;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.TcpState;
import org.junit.jupiter.api.Test;

class PeakConnectionCounterTest {

    private static final CallStack HERE = CallStack.of(new StackTraceElement("com.acme.Pool", "open", "Pool.java", 1));
    private static final CallStack THERE = CallStack.of(new StackTraceElement("com.acme.Pool", "open", "Pool.java", 2));

    private final PeakConnectionCounter counts = new PeakConnectionCounter();

    @Test
    void theMostOfAllRoundsIsRememberedWhileAnyIsOpen() {
        round(HERE, TcpState.ESTABLISHED, TcpState.ESTABLISHED, TcpState.CLOSE_WAIT);
        assertThat(counts.snapshot().mostEstablished(HERE)).isEqualTo(2);
        assertThat(counts.snapshot().mostEstablished(THERE)).isZero();

        round(HERE, TcpState.CLOSE_WAIT);
        assertThat(counts.snapshot().mostEstablished(HERE)).isEqualTo(2);
        round(HERE, TcpState.ESTABLISHED, TcpState.ESTABLISHED, TcpState.ESTABLISHED);
        assertThat(counts.snapshot().mostEstablished(HERE)).isEqualTo(3);
        round(THERE, TcpState.ESTABLISHED);
        assertThat(counts.snapshot().mostEstablished(HERE)).as("none is open").isZero();
    }

    @Test
    void aRoundThatDidNotEndIsNotCounted() {
        begin(HERE, TcpState.ESTABLISHED, TcpState.ESTABLISHED);
        round(HERE, TcpState.ESTABLISHED);
        assertThat(counts.snapshot().mostEstablished(HERE)).isEqualTo(1);
    }

    private void round(CallStack opening, TcpState... states) {
        begin(opening, states);
        counts.endRound(1);
    }

    private void begin(CallStack opening, TcpState... states) {
        counts.beginRound();
        for (TcpState state : states) {
            TrackedSocket socket = SampleSocket.of(7, SampleEvent.of(opening, "main", 1, 1), null, null, null);
            counts.observe(socket, state, RoundObserver.NO_SUSPECT);
        }
    }
}
