// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.CapturedStream;
import io.github.sockblame.it.harness.ForkedProcess;
import io.github.sockblame.it.harness.FrameText;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.Output;
import io.github.sockblame.it.harness.Requires;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.harness.Tool;
import io.github.sockblame.it.harness.Viewer;
import io.github.sockblame.it.scenario.leak.AbandonsPooledConnection;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The verbs that explain, compare and look at the agent, on a program whose leak grows. */
class ViewerVerbsIT {

    private static final String TAKE = FrameText.in(AbandonsPooledConnection.class, "take");

    @OnEveryJdk
    void viewerComparesAndExplainsGrowingLeak(TargetJdk jdk) throws Exception {
        Viewer viewer = Viewer.on(jdk);
        String saved = TestEnvironment.newFolder("verbs").resolve("before.json").toString();
        try (TargetProcess target = TargetJvm.of(jdk, AbandonsPooledConnection.class)
                .watched("grace=100ms")
                .start()) {
            target.awaitCheckpoint("first");
            awaitLeaks(target, 1);
            assertThat(viewer.call("report", target.pidText(), "-o", saved).status())
                    .isZero();
            target.proceedTo("again");
            awaitLeaks(target, 2);

            Output diff = viewer.call("diff", saved, target.pidText());
            assertThat(diff.status()).as("%s", diff).isEqualTo(1);
            assertThat(diff.err()).isEmpty();
            assertThat(diff.out())
                    .containsPattern(
                            "(?m)^GROWN   ABANDONED   1 -> 2   \\+1   \\+[\\d,]+\\.\\d/min   \\(site 1 now\\)$")
                    .contains("     opened at:\n       " + TAKE)
                    .endsWith("exit status 1: leaks have grown\n");
            assertThat(viewer.call("diff", saved, saved).status()).isZero();

            explained(viewer.call("explain", target.pidText(), "1"));
            int fd = target.report()
                    .openedIn(AbandonsPooledConnection.class, "sendInvoice")
                    .get(0)
                    .fd();
            explained(viewer.call("explain", target.pidText(), "fd=" + fd));
            explainedAsJson(viewer.call("explain", target.pidText(), "1", "--json"), fd);
            assertThat(viewer.call("explain", target.pidText(), "99").err().lines())
                    .singleElement()
                    .asString()
                    .startsWith("sockblame: no site 99, the report has ");

            Output status = viewer.call("status", target.pidText());
            assertThat(status.status()).as("%s", status).isZero();
            assertThat(status.out())
                    .contains("from the beginning of the program\n")
                    .endsWith("\nall well\n");

            assertThat(viewer.call("leaks", target.pidText(), "--fail-on", "leaks>=3")
                            .status())
                    .isZero();
            assertThat(viewer.call("leaks", target.pidText(), "--fail-on", "leaks>=2")
                            .status())
                    .isEqualTo(1);
        }
    }

    private static void explained(Output told) {
        assertThat(told.status()).as("%s", told).isZero();
        assertThat(told.out())
                .contains("     what to do: find the code that keeps the connection after its last use")
                .contains("  opened    thread main\n")
                .contains("     > " + TAKE)
                .contains("<- culprit frame\n")
                .contains("seen in CLOSE-WAIT for the first time")
                .contains("not seen:\n");
    }

    private static void explainedAsJson(Output told, int fd) {
        assertThat(told.status()).as("%s", told).isZero();
        JsonNode site = new JsonMapper().readTree(told.out());
        assertThat(site.get("sockets"))
                .hasSize(2)
                .anyMatch(socket -> socket.get("fd").asInt() == fd);
        JsonNode opening =
                site.get("stacks").get(site.at("/sockets/0/opened/stack").asString());
        assertThat(opening.get("frames"))
                .anyMatch(frame -> frame.get("method").asString().equals("take"));
    }

    /** A true one, of a pseudo-terminal. */
    @OnEveryJdk
    void terminalHasColoursUnlessRefused(TargetJdk jdk) throws Exception {
        Requires.tool(Tool.SCRIPT);
        String saved = TestEnvironment.newFolder("verbs").resolve("leak.json").toString();
        try (TargetProcess target = TargetJvm.of(jdk, AbandonsPooledConnection.class)
                .watched("grace=100ms")
                .start()) {
            target.awaitCheckpoint("first");
            awaitLeaks(target, 1);
            assertThat(Viewer.on(jdk)
                            .call("report", target.pidText(), "-o", saved)
                            .status())
                    .isZero();
        }
        String red = "\u001b[1;31mABANDONED\u001b[0m";
        assertThat(script(jdk, Map.of("TERM", "xterm", "NO_COLOR", ""), saved)).contains(red);
        assertThat(script(jdk, Map.of("TERM", "xterm", "NO_COLOR", "1"), saved))
                .contains("ABANDONED")
                .doesNotContain("\u001b[1;31m");
    }

    private static String script(TargetJdk jdk, Map<String, String> environment, String saved) throws Exception {
        String command = "'" + jdk.java() + "' -jar '" + TestEnvironment.viewerJar() + "' leaks '" + saved + "'";
        Process process =
                ForkedProcess.start(List.of("script", "-qec", command, "/dev/null"), Path.of("."), environment);
        CapturedStream out = new CapturedStream(process.getInputStream());
        assertThat(process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        process.getOutputStream().close();
        return out.all();
    }

    private static void awaitLeaks(TargetProcess target, int leaks) throws Exception {
        Await.until(leaks + " leaks", () -> target.report().report().totals().leaked() == leaks);
    }
}
