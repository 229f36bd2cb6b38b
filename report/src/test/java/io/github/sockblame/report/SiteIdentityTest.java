// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SiteIdentityTest {

    private static final Endpoint HERE = new Endpoint("10.2.3.4", 443);
    private static final Endpoint THERE = new Endpoint("10.2.3.5", 443);

    private static final Frame JDK = new Frame("java.net.Socket", "connect", "Socket.java", 1);

    private static SiteIdentity of(UnaryOperator<SampleSite> change) {
        return of(change.apply(SampleSite.of(Verdict.ABANDONED, 10)).build());
    }

    private static SiteIdentity of(Site site) {
        Report report = SampleReports.leaking(site)
                .stacks(stack("open", 0), stack("other", 0), stack("open", -1))
                .build();
        return SiteIdentity.of(report, site);
    }

    /** Without a culprit, if the index is -1. */
    private static Stack stack(String method, int culprit) {
        return culprit < 0
                ? new Stack(List.of(JDK), -1, null)
                : new Stack(List.of(new Frame("com.acme.Client", method, "Client.java", 7)), culprit, null);
    }

    private static Site.Place at(int stack) {
        return new Site.Place(stack, 1, List.of(), 0);
    }

    @Test
    void identityOutlivesNumberCountAndLastUse() {
        SiteIdentity identity = of(site -> site);
        SiteIdentity later = of(SampleSite.of(Verdict.ABANDONED, 20)
                .number(7)
                .remote(HERE)
                .lastUse(at(1))
                .current(at(1))
                .build());

        assertThat(later).isEqualTo(identity).hasSameHashCodeAs(identity);
    }

    @Test
    void eachPropertyDistinguishesSites() {
        List<SiteIdentity> different = List.of(
                of(site -> site),
                of(SampleSite.of(Verdict.FORGOTTEN, 10).build()),
                of(site -> site.eof(at(0))),
                of(site -> site.eof(at(1))),
                of(site -> site.eof(at(1)).opened(at(1))),
                of(site -> site.opened(at(1))),
                of(site -> site.closing(at(1))),
                of(site -> site.listener(at(1))),
                of(site -> site.opened(at(2)).remote(HERE)),
                of(site -> site.opened(at(2)).remote(THERE)),
                of(site -> site.opened(null)),
                of(site -> site.confidence(Confidence.POSSIBLE)));

        assertThat(different).doesNotHaveDuplicates();
    }

    @Test
    void addressDistinguishesSitesWithoutCulpritAlone() {
        assertThat(of(site -> site.remote(HERE))).isEqualTo(of(site -> site.remote(THERE)));
        assertThat(of(site -> site.opened(null).remote(HERE)).address()).isEqualTo(HERE);
        assertThat(of(site -> site.opened(null)).address()).isNull();
        assertThat(of(site -> site.opened(at(2)).listener(at(1)).remote(HERE)))
                .as("the clients of a listener come and go")
                .isEqualTo(of(site -> site.opened(at(2)).listener(at(1)).remote(THERE)));
    }

    @Test
    void openingFrameIgnoresOtherStacks() {
        Site site = SampleSite.of(Verdict.FORGOTTEN, 1).eof(at(1)).build();
        Report report = SampleReports.leaking(site).build();
        Socket socket = SampleSocket.tcp(7, TcpState.ESTABLISHED)
                .opened(new Event(SampleReports.NOW, "main", 0))
                .build();
        Socket unknown = SampleSocket.tcp(8, TcpState.ESTABLISHED).build();

        assertThat(OpeningFrame.of(report, site)).isEqualTo(SampleReports.CONNECT.culpritFrame());
        assertThat(OpeningFrame.of(report, socket)).isEqualTo(SampleReports.CONNECT.culpritFrame());
        assertThat(OpeningFrame.of(report, unknown)).isNull();
    }
}
