// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.verdict;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.ReportView;
import io.github.sockblame.it.harness.Requires;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.scenario.leak.NamedAfterHosts;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleSchema;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.json.ReportJson;
import io.github.sockblame.report.text.LeaksText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** With redact=true nothing that leaves the JVM has an address in it. */
class RedactionIT {

    @OnEveryJdk
    void noAddressLeavesTheJvm(TargetJdk jdk) throws Exception {
        Path file = TestEnvironment.newFolder("redacted").resolve("report.json");
        try (TargetProcess target = TargetJvm.of(jdk, NamedAfterHosts.class)
                .watched("grace=500ms,alert=site-leaks>=2,redact=true,report.to=" + file)
                .start()) {
            target.awaitCheckpoint("leaked");
            String address = target.printed()
                    .lines()
                    .filter(line -> line.startsWith("address "))
                    .findFirst()
                    .orElseThrow()
                    .substring("address ".length());
            Requires.that(!address.equals("127.0.0.1"), "this machine has no IPv4 address beside loopback");
            ReportView report = Await.value(
                    "the leaks",
                    () -> Optional.of(target.report())
                            .filter(taken -> taken.report().totals().leaked() == 3));
            Await.until("the alert and its file", () -> target.complaints().contains("report: " + file));

            String json = (String) target.agent().call("reportJson");
            String text = (String) target.agent().call("reportText");
            assertThat(json + text + Files.readString(file) + target.complaints())
                    .doesNotContain(address)
                    .doesNotContain("api.acme")
                    .contains("127.0.0.1");
            Site far = report.sitesOpenedIn(NamedAfterHosts.class, "forgetFar").get(0);
            assertThat(far.remotes().get(0).remote().address()).matches("host-[0-9]+");
            assertThat(far.remotes().get(0).remote().port()).isEqualTo(target.number("far"));
            assertThat(requireNonNull(far.opened()).threads())
                    .containsExactly(
                            "OkHttp https://" + far.remotes().get(0).remote().address() + "/ for [redacted]");
            Report saved = ReportJson.read(Files.readString(file));
            assertThat(saved.hidesAddresses()).isTrue();
            assertThat(SampleSchema.violations(json)).isEmpty();
            assertThat(SampleSchema.violations(Files.readString(file))).isEmpty();
            assertThat(LeaksText.of(saved)).contains("redacted: each host-N");
        }
    }
}
