// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.ReportView;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.Viewer;
import io.github.sockblame.it.scenario.leak.LeakyProgram;
import io.github.sockblame.report.Socket;
import java.util.Optional;

/** What include and exclude leave out stays in the totals and is said; it makes no site and no alert. */
class SelectionIT {

    @OnEveryJdk
    void excludedCodeMakesNoSite(TargetJdk jdk) throws Exception {
        String excluded = LeakyProgram.class.getName();
        try (TargetProcess target = TargetJvm.of(jdk, LeakyProgram.class)
                .watched("grace=500ms,alert=site-leaks>=1,exclude=" + excluded)
                .start()) {
            ReportView report = awaitLeaks(target);

            assertThat(report.report().sites()).isEmpty();
            assertThat(report.report().excludedSockets()).isEqualTo(3);
            assertThat(report.openedIn(LeakyProgram.class, "forget"))
                    .hasSize(3)
                    .extracting(Socket::site)
                    .containsOnlyNulls();
            assertThat((String) target.agent().call("reportText"))
                    .contains("3 sockets excluded by include/exclude, 3 of them leaks")
                    .contains("no leaks found among the others");
            assertThat(Viewer.on(jdk).call("leaks", target.pidText()).status()).isZero();
            assertThat(target.complaints()).doesNotContain("alert");
        }
    }

    @OnEveryJdk
    void includedNetworkMakesASite(TargetJdk jdk) throws Exception {
        try (TargetProcess target = TargetJvm.of(jdk, LeakyProgram.class)
                .watched("grace=500ms,include=127.0.0.0/8;::1")
                .start()) {
            ReportView report = awaitLeaks(target);

            assertThat(report.report().sites()).hasSize(1);
            assertThat(report.report().excludedSockets()).isZero();
        }
    }

    private static ReportView awaitLeaks(TargetProcess target) throws Exception {
        target.awaitCheckpoint("leaked");
        return Await.value(
                "the leaks",
                () -> Optional.of(target.report())
                        .filter(taken -> taken.report().totals().leaked() == 3));
    }
}
