// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.Output;
import io.github.sockblame.it.harness.Requires;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.harness.Viewer;
import io.github.sockblame.it.scenario.fault.SetsSecurityManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A program sets a security manager, after the agent has started, and its policy grants the agent nothing. */
class SecurityManagerIT {

    private static final String ALLOW = "-Djava.security.manager=allow";

    @OnEveryJdk
    void managerBeforeFirstSocketStopsNothing(TargetJdk jdk) throws Exception {
        checkWatched(jdk, "before", 3);
    }

    @OnEveryJdk
    void managerAfterFirstSocketStopsNothing(TargetJdk jdk) throws Exception {
        checkWatched(jdk, "after", 6);
    }

    /** The hooks, the watch thread, a file on an alert, JMX, the file request and the detach all work. */
    private static void checkWatched(TargetJdk jdk, String when, int leaks) throws Exception {
        requireManagers(jdk);
        Path file = TestEnvironment.newFolder("manager").resolve("report.json");
        Output plain;
        try (TargetProcess target = program(jdk, when).start()) {
            plain = target.awaitCheckpoint("leaked").finish();
        }
        try (TargetProcess target = program(jdk, when)
                .watched("grace=1ms,alert=site-leaks>=3,report.to=" + file)
                .start()) {
            target.awaitCheckpoint("leaked");
            Await.until("the file of the alert", () -> Files.exists(file));
            Await.until("all leaks", () -> target.report().report().totals().leaked() == leaks);
            assertThat(target.report().openedIn(SetsSecurityManager.class, "forget"))
                    .hasSize(leaks);
            Output listed = Viewer.on(jdk).call("leaks", target.pidText());
            assertThat(listed.status()).as("%s", listed).isEqualTo(1);
            assertThat(listed.out()).contains("SetsSecurityManager.forget(");
            Output detached = Viewer.on(jdk).call("detach", target.pidText());
            assertThat(detached.status()).as("%s", detached).isZero();
            target.isWatchedNoLonger();
            assertThat(target.finish().withoutOurLines()).isEqualTo(plain);
        }
    }

    /** It asks for no permission that it lacks, once for each question; its one line stays the only one. */
    @OnEveryJdk
    void managerBeforeLateAgentStepsAsideInOneLine(TargetJdk jdk) throws Exception {
        requireManagers(jdk);
        try (TargetProcess target = program(jdk, "before").start()) {
            target.awaitCheckpoint("leaked");
            for (int i = 0; i < 2; i++) {
                Output attached = Viewer.on(jdk).call("attach", target.pidText());
                assertThat(attached.status()).isEqualTo(2);
                assertThat(attached.err()).contains("disabled itself").doesNotContain("sockblame attach");
            }
            Output leaks = Viewer.on(jdk).call("leaks", target.pidText());
            assertThat(leaks.status()).isEqualTo(2);
            assertThat(leaks.err()).contains("only its jar", "stepped aside");
            Output output = target.finish();
            assertThat(output.err().lines().filter(line -> line.startsWith("sockblame: ")))
                    .singleElement()
                    .asString()
                    .contains("AccessControlException");
        }
    }

    private static TargetJvm program(TargetJdk jdk, String when) {
        return TargetJvm.of(jdk, SetsSecurityManager.class).jvm(List.of(ALLOW)).arguments(when);
    }

    private static void requireManagers(TargetJdk jdk) {
        Requires.that(jdk.feature() < 24, jdk + " has no security manager");
    }
}
