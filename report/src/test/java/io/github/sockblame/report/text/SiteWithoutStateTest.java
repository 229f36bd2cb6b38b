// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.SampleSite;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Totals;
import io.github.sockblame.report.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sites of sockets that are no TCP sockets. */
class SiteWithoutStateTest {

    private static final Endpoint LOCAL = new Endpoint("10.0.0.1", 5353);
    private static final Endpoint REMOTE = new Endpoint("10.0.0.53", 53);

    @Test
    void udpSiteShowsAvailableAddress() {
        assertThat(text(site().protocol(Protocol.UDP).local(LOCAL)))
                .contains("1  ZOMBIE   1 UDP socket on 10.0.0.1:5353   oldest ")
                .contains("     kernel: Recv-Q 0  Send-Q 0\n");
        assertThat(text(site().protocol(Protocol.UDP).remote(REMOTE)))
                .contains("1  ZOMBIE   1 UDP socket to 10.0.0.53:53   oldest ");
    }

    @Test
    void siteWithoutAddressShowsProtocol() {
        assertThat(text(site().protocol(Protocol.UNIX))).contains("1  ZOMBIE   1 Unix socket   oldest ");
        assertThat(text(site().protocol(Protocol.OTHER))).contains("1  ZOMBIE   1 socket   oldest ");
        assertThat(text(site().protocol(null)))
                .as("several, or of a report in which that is not told")
                .contains("1  ZOMBIE   1 socket   oldest ");
    }

    private static SampleSite site() {
        return SampleSite.of(Verdict.ZOMBIE)
                .confidence(Confidence.CERTAIN)
                .withoutState()
                .recvQ(0, 0)
                .sendQ(0, 0)
                .opened(null)
                .closing(new Site.Place(0, 1, List.of("main"), 1));
    }

    private static String text(SampleSite site) {
        return LeaksText.of(SampleReports.quiet()
                .totals(new Totals(1, 1, 0, Map.of(), 1, Map.of(), 1, null))
                .sites(site.build())
                .build());
    }
}
