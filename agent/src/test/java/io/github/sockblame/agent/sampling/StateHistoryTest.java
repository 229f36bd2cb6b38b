// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.join.StateTimes;
import io.github.sockblame.agent.kernel.net.TcpRow;
import io.github.sockblame.report.Endpoint;
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
    void connectedStaysTrueAfterClose() {
        assertThat(history.observe(7, "a", TcpState.SYN_SENT, null, 10).connected())
                .isFalse();
        history.observe(7, "a", TcpState.ESTABLISHED, 20);

        assertThat(history.observe(7, "a", TcpState.CLOSE, null, 30)).isEqualTo(new StateTimes(30, true, 0, 0));
        assertThat(history.observe(7, "b", TcpState.CLOSE, null, 40).connected())
                .isFalse();
    }

    @Test
    void sendQLastsAsLongAsItHoldsTheSame() {
        assertThat(sendQSince(row(0, 0), 10)).isZero();
        assertThat(sendQSince(row(9, 0), 20)).isEqualTo(20);
        assertThat(sendQSince(row(9, 1), 30)).isEqualTo(20);
        assertThat(sendQSince(row(8, 1), 40)).isEqualTo(40);
        assertThat(sendQSince(row(0, 1), 50)).isZero();
        assertThat(sendQSince(row(8, 1), 60)).isEqualTo(60);
    }

    @Test
    void quietLastsAsLongAsNothingChanges() {
        assertThat(quietSince(row(9, 5), 10)).isEqualTo(10);
        history.observe(7, "a", TcpState.ESTABLISHED, 15);
        assertThat(quietSince(row(9, 5), 20)).isEqualTo(10);
        assertThat(quietSince(row(9, 6), 30))
                .as("a figure of the congestion control")
                .isEqualTo(30);
        assertThat(quietSince(row(8, 6), 40)).isEqualTo(40);
        history.observe(7, "a", TcpState.CLOSE_WAIT, 50);
        assertThat(quietSince(row(8, 6), 60)).as("after another state").isEqualTo(60);
    }

    private long sendQSince(TcpRow row, long now) {
        return history.observe(7, "a", TcpState.ESTABLISHED, row, now).sendQSince();
    }

    private long quietSince(TcpRow row, long now) {
        return history.observe(7, "a", TcpState.ESTABLISHED, row, now).quietSince();
    }

    private static TcpRow row(long sendQ, int rest) {
        Endpoint any = new Endpoint("0.0.0.0", 1);
        return new TcpRow(100, TcpState.ESTABLISHED, any, any, 0, sendQ, 0, 0, 0, rest);
    }

    @Test
    void unseenSocketIsRemovedAfterRound() {
        history.observe(7, "a", TcpState.CLOSE_WAIT, 10);
        history.observe(8, "b", TcpState.CLOSE_WAIT, 10);
        history.beginRound();
        history.observe(7, "a", TcpState.CLOSE_WAIT, 20);
        history.endRound();

        assertThat(history.observe(7, "a", TcpState.CLOSE_WAIT, 30)).isEqualTo(10);
        assertThat(history.observe(8, "b", TcpState.CLOSE_WAIT, 30)).isEqualTo(30);
    }
}
