// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.tracking;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.ReportView;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.Viewer;
import io.github.sockblame.it.scenario.leak.AbandonsPooledConnection;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.Verdict;
import java.util.List;

/** Of connections that one place opens for many users, those that are opened after the first suspect tell who used them last. */
class LastUseIT {

    @OnEveryJdk
    void reportNamesTheLastUse(TargetJdk jdk) throws Exception {
        try (TargetProcess target = TargetJvm.of(jdk, AbandonsPooledConnection.class)
                .watched("grace=100ms")
                .start()) {
            target.awaitCheckpoint("first");
            Await.until("a closer look", () -> places(target).contains("AbandonsPooledConnection.take("));

            target.proceedTo("again");
            Await.until("two are abandoned", () -> abandoned(target.report()).size() == 2);
            Await.until(
                    "the connection of another place is overlooked",
                    () -> target.report().theOneOpenedIn("openElsewhere").lastUse() == null);
            ReportView report = target.report();
            List<Socket> suspects = abandoned(report);
            assertThat(suspects.get(0).lastUse())
                    .as("opened before anybody was suspected")
                    .isNull();
            assertThat(report.culprit(suspects.get(1).lastUse())).contains("AbandonsPooledConnection.writeInvoice(");
            assertThat(report.stack(suspects.get(1).lastUse())).contains("AbandonsPooledConnection.sendInvoice(");
            Site site = report.siteOf(suspects.get(1));
            assertThat(site.count()).isEqualTo(2);
            assertThat(requireNonNull(site.lastUse()).stack())
                    .isEqualTo(requireNonNull(suspects.get(1).lastUse()).stack());
            assertThat(site.evidence()).anyMatch(line -> line.contains("the last use was recorded for 1 of 2"));
            assertThat(report.openedIn("placeOrder"))
                    .filteredOn(socket -> socket.lastUse() != null)
                    .as("of the same place, and in use")
                    .hasSize(1);

            byHand(jdk, target);

            target.proceedTo("healed");
            Await.until("no closer look without suspects", () -> places(target).isEmpty());
        }
    }

    private static void byHand(TargetJdk jdk, TargetProcess target) throws Exception {
        Viewer viewer = Viewer.on(jdk);
        assertThat(viewer.call("leaks", target.pidText()).out())
                .contains("last used at:\n       " + AbandonsPooledConnection.class.getName() + ".writeInvoice(");
        assertThat(viewer.call("watch", target.pidText(), "1", "--off").out())
                .startsWith("stopped recording the last use of connections opened at ");
        assertThat(places(target)).isEmpty();
        assertThat(viewer.call("watch", target.pidText(), "1").out())
                .startsWith("records the last use of connections opened at ");
        assertThat(places(target)).contains("AbandonsPooledConnection.take(", "asked for");
        assertThat(viewer.call("watch", target.pidText(), "99").err()).contains("no site 99 in the latest report");
        assertThat(viewer.call("watch", target.pidText(), "1", "--off").status())
                .isZero();
    }

    private static String places(TargetProcess target) throws Exception {
        return String.join("\n", (String[]) target.agent().attribute("LastUsePlaces"));
    }

    private static List<Socket> abandoned(ReportView report) {
        return report.openedIn("sendInvoice").stream()
                .filter(socket -> socket.verdict() == Verdict.ABANDONED)
                .toList();
    }
}
