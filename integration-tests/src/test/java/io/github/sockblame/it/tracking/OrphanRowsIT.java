// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.QuietSnapshot;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.scenario.end.OrphanRows;
import io.github.sockblame.report.ClosedByCleaner;
import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import io.github.sockblame.report.text.LeaksText;
import java.util.List;

/** Descriptors that outlive their Java object, or their close, are named for what they are. */
class OrphanRowsIT {

    private static final String GRACE = "grace=200ms";

    @OnEveryJdk
    void reportHasZombiesCollectedAndRescuedSockets(TargetJdk jdk) throws Exception {
        check(TargetJvm.of(jdk, OrphanRows.class).watched(GRACE));
    }

    @OnEveryJdk
    void reportHasOrphansOfClassicSockets(TargetJdk jdk) throws Exception {
        check(TargetJvm.of(jdk, OrphanRows.class).watched(GRACE).jvm("-Djdk.net.usePlainSocketImpl=true"));
    }

    private static void check(TargetJvm jvm) throws Exception {
        try (TargetProcess target = jvm.start()) {
            target.awaitCheckpoint("open");
            Await.until(
                    "all verdicts",
                    () -> leaks(target.report().report()) == 4
                            && target.report().report().closedByCleaner().count() == 1);
            QuietSnapshot moment = QuietSnapshot.moment(target);
            moment.checkTotals();

            Site channel = only(moment, "closeRegistered");
            assertThat(channel.verdict()).isEqualTo(Verdict.ZOMBIE);
            assertThat(channel.states()).containsOnlyKeys(TcpState.FIN_WAIT2);
            assertThat(channel.closing()).isNotNull();

            Site listener = only(moment, "closeRegisteredListener");
            assertThat(listener.verdict()).isEqualTo(Verdict.ZOMBIE);
            assertThat(listener.states()).containsOnlyKeys(TcpState.LISTEN);

            Site datagrams = only(moment, "closeRegisteredDatagrams");
            assertThat(datagrams.verdict()).isEqualTo(Verdict.ZOMBIE);
            assertThat(datagrams.states()).isEmpty();
            assertThat(datagrams.oldestSince())
                    .isBefore(moment.report().report().takenAt());
            assertThat(LeaksText.of(moment.report().report()))
                    .contains("  ZOMBIE   1 UDP socket on "
                            + datagrams.remotes().get(0).remote().text() + "   oldest ");

            Site collected = only(moment, "dropChannel");
            assertThat(collected.verdict()).isEqualTo(Verdict.COLLECTED);
            assertThat(collected.confidence()).isEqualTo(Confidence.CERTAIN);

            assertThat(ours(moment, "properly")).isEmpty();
            Report report = moment.report().report();
            ClosedByCleaner.CleanerClosedSite rescued =
                    report.closedByCleaner().sites().get(0);
            assertThat(report.stacks()
                            .get(rescued.opened().stack())
                            .frames()
                            .get(report.stacks().get(rescued.opened().stack()).culprit())
                            .text())
                    .contains("OrphanRows.dropSocket");
        }
    }

    private static long leaks(Report report) {
        return report.sites().stream()
                .filter(site -> site.verdict() == Verdict.ZOMBIE || site.verdict() == Verdict.COLLECTED)
                .count();
    }

    private static Site only(QuietSnapshot moment, String method) {
        List<Site> sites = ours(moment, method);
        assertThat(sites).as(method).hasSize(1);
        return sites.get(0);
    }

    /** Without the accepted ends, which the scenario holds on to and which are abandoned in the end when ours are closed. */
    private static List<Site> ours(QuietSnapshot moment, String method) {
        return moment.report().sitesOpenedIn(OrphanRows.class, method).stream()
                .filter(site -> site.verdict() != Verdict.ABANDONED && site.verdict() != Verdict.FRESH)
                .toList();
    }
}
