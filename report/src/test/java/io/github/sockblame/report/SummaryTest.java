// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.json.ReportFormatException;
import io.github.sockblame.report.json.ReportJson;
import io.github.sockblame.report.text.LeaksText;
import io.github.sockblame.report.text.StatusText;
import io.github.sockblame.report.text.TextStyle;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A report without its list of sockets. */
class SummaryTest {

    private static final Stack OF_A_SOCKET_ALONE = new Stack(List.of(new Frame("a.B", "c", null, 7)), 0, null);

    @Test
    void isReadAsWhatItIs() throws ReportFormatException {
        Report summary = SampleReports.rich().withoutSockets();

        assertThat(ReportJson.read(ReportJson.write(summary))).isEqualTo(summary);
        assertThat(summary.hasSockets()).isFalse();
        assertThat(SampleReports.rich().hasSockets()).isTrue();
        assertThat(SampleReports.quiet().build().withoutSockets().hasSockets())
                .as("there is none to be listed")
                .isTrue();
    }

    @Test
    void summaryPrintsTheSameText() {
        Report whole = SampleReports.rich();

        assertThat(LeaksText.of(whole.withoutSockets())).isEqualTo(LeaksText.of(whole));
        assertThat(StatusText.of(whole.withoutSockets(), TextStyle.PLAIN))
                .isEqualTo(StatusText.of(whole, TextStyle.PLAIN));
    }

    @Test
    void keepsTheStacksThatItNamesWhereTheyWere() {
        Report whole = SampleReports.quiet()
                .totals(new Totals(1, 1, 0, Map.of(TcpState.CLOSE_WAIT, 1), 0, null, 0, null))
                .stacks(SampleReports.EOF, OF_A_SOCKET_ALONE, SampleReports.CONNECT)
                .sites(SampleSite.of(Verdict.FORGOTTEN)
                        .opened(new Site.Place(2, 1, List.of(), 0))
                        .build())
                .sockets(SampleSocket.tcp(7, TcpState.CLOSE_WAIT)
                        .opened(new Event(SampleReports.NOW, "main", 1))
                        .build())
                .listeners(SampleReports.listener(0, 50, 50)) // opened at stack 0
                .build();

        assertThat(whole.withoutSockets().stacks())
                .containsExactly(SampleReports.EOF, new Stack(List.of(), -1, null), SampleReports.CONNECT);
    }
}
