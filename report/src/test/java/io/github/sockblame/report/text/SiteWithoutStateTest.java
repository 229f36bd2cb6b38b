// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.SampleSite;
import io.github.sockblame.report.SampleSocket;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.Totals;
import io.github.sockblame.report.Verdict;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sites of sockets that are no TCP sockets. */
class SiteWithoutStateTest {

    private static final Endpoint LOCAL = new Endpoint("10.0.0.1", 5353);
    private static final Endpoint ANY = new Endpoint("0.0.0.0", 0);
    private static final Endpoint REMOTE = new Endpoint("10.0.0.53", 53);

    @Test
    void aUdpSocketIsToldByTheAddressThatItHas() {
        assertThat(text(LOCAL, socket(Protocol.UDP, ANY)))
                .contains("1  ZOMBIE   1 UDP socket on 10.0.0.1:5353   oldest ")
                .contains("     kernel: Recv-Q 0  Send-Q 0\n");
        assertThat(text(REMOTE, socket(Protocol.UDP, REMOTE)))
                .contains("1  ZOMBIE   1 UDP socket to 10.0.0.53:53   oldest ");
    }

    @Test
    void whatHasNoAddressIsToldByItsProtocol() {
        assertThat(text(null, socket(Protocol.UNIX, null))).contains("1  ZOMBIE   1 Unix socket   oldest ");
        assertThat(text(null, socket(Protocol.OTHER, null))).contains("1  ZOMBIE   1 socket   oldest ");
        assertThat(text(null, socket(Protocol.UNIX, null), socket(Protocol.UDP, null)))
                .contains("1  ZOMBIE   1 socket   oldest ");
        assertThat(text(null)).as("of a report without its sockets").contains("1  ZOMBIE   1 socket   oldest ");
    }

    private static String text(@Nullable Endpoint address, Socket... sockets) {
        SampleSite site = SampleSite.of(Verdict.ZOMBIE)
                .confidence(Confidence.CERTAIN)
                .withoutState()
                .recvQ(0, 0)
                .sendQ(0, 0)
                .opened(null)
                .closing(new Site.Place(0, 1, List.of("main"), 1));
        if (address != null) {
            site.remote(address);
        }
        Report report = SampleReports.quiet()
                .totals(new Totals(1, 1, 0, Map.of(), 1, Map.of(), 1))
                .sites(site.build())
                .sockets(sockets)
                .build();
        return LeaksText.of(report);
    }

    private static Socket socket(Protocol protocol, @Nullable Endpoint remote) {
        return SampleSocket.of(7, protocol)
                .addresses(remote == null ? null : LOCAL, remote)
                .queues(0L, 0L)
                .judged(Verdict.ZOMBIE, Confidence.CERTAIN, 1)
                .build();
    }
}
