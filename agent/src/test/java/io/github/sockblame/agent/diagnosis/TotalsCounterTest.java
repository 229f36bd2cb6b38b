// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.SampleSocket;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Totals;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TotalsCounterTest {

    @Test
    void nothingIsZero() {
        assertThat(TotalsCounter.count(List.of()))
                .isEqualTo(new Totals(0, 0, 0, Map.of(), 0, Map.of(), 0, new Totals.UntrackedDetail(Map.of(), 0)));
    }

    @Test
    void aDuplicateInCloseWaitIsCountedUnderItsOtherNumber() {
        Totals totals = TotalsCounter.count(List.of(
                SampleSocket.tcp(7, TcpState.ESTABLISHED).build(),
                SampleSocket.of(8, Protocol.UNIX).build(),
                SampleReports.untracked(9, Origin.NOT_SEEN, TcpState.CLOSE_WAIT),
                SampleReports.untracked(10, Origin.DUPLICATE, TcpState.CLOSE_WAIT)));

        assertThat(totals)
                .isEqualTo(new Totals(
                        4,
                        2,
                        2,
                        Map.of(TcpState.ESTABLISHED, 1, TcpState.CLOSE_WAIT, 2),
                        1,
                        Map.of(Protocol.TCP, 3, Protocol.UNIX, 1),
                        0,
                        new Totals.UntrackedDetail(Map.of(Origin.NOT_SEEN, 1, Origin.DUPLICATE, 1), 1)));
    }
}
