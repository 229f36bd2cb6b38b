// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.TcpState;
import org.junit.jupiter.api.Test;

class StateHistoryTest {

    private final StateHistory history = new StateHistory();

    @Test
    void aStateLastsSinceItWasFirstSeen() {
        assertThat(history.observe(7, "a", TcpState.ESTABLISHED, 10)).isEqualTo(10);
        assertThat(history.observe(7, "a", TcpState.ESTABLISHED, 20)).isEqualTo(10);
        assertThat(history.observe(7, "a", TcpState.CLOSE_WAIT, 30)).isEqualTo(30);
        assertThat(history.observe(7, "a", TcpState.ESTABLISHED, 40)).isEqualTo(40);
    }

    @Test
    void anotherSocketOfTheSameNumberBeginsAnew() {
        history.observe(7, 100L, TcpState.CLOSE_WAIT, 10);

        assertThat(history.observe(7, 200L, TcpState.CLOSE_WAIT, 20)).isEqualTo(20);
        assertThat(history.observe(8, 100L, TcpState.CLOSE_WAIT, 30)).isEqualTo(30);
    }

    @Test
    void whatIsNotSeenForARoundIsForgotten() {
        history.observe(7, "a", TcpState.CLOSE_WAIT, 10);
        history.observe(8, "b", TcpState.CLOSE_WAIT, 10);
        history.beginRound();
        history.observe(7, "a", TcpState.CLOSE_WAIT, 20);
        history.endRound();

        assertThat(history.observe(7, "a", TcpState.CLOSE_WAIT, 30)).isEqualTo(10);
        assertThat(history.observe(8, "b", TcpState.CLOSE_WAIT, 30)).isEqualTo(30);
    }
}
