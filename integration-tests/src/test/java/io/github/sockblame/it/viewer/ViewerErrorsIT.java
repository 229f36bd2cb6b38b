// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.Output;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.harness.Viewer;
import io.github.sockblame.it.scenario.leak.HelloWorld;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the viewer cannot answer is one line that says what to do next, and exit status 2. */
class ViewerErrorsIT {

    @OnEveryJdk
    void unknownTargetIsOneLine(TargetJdk jdk) throws Exception {
        for (String target : List.of("999999999", "no.such.Program", "127.0.0.1:1", "/nonexistent/report.json")) {
            checkOneLine(Viewer.on(jdk).call("leaks", target), target);
        }
    }

    @OnEveryJdk
    void fileWithoutReportIsOneLine(TargetJdk jdk) throws Exception {
        Path folder = TestEnvironment.newFolder("refused");
        Path noReport = Files.writeString(folder.resolve("no-report"), "{\"hello\":\"world\"}");
        Path newer = Files.writeString(folder.resolve("newer"), "{\"schema\":\"sockblame/3\"}");
        Path binary = Files.copy(TestEnvironment.agentJar(), folder.resolve("binary"));

        checkOneLine(Viewer.on(jdk).call("leaks", noReport.toString()), "not a Sockblame report");
        checkOneLine(Viewer.on(jdk).call("leaks", newer.toString()), "sockblame/3");
        checkOneLine(Viewer.on(jdk).call("leaks", binary.toString()), "not a Sockblame report");
    }

    @OnEveryJdk
    void jvmWithoutAgentIsOneLineAndUnchanged(TargetJdk jdk) throws Exception {
        try (TargetProcess target = TargetJvm.of(jdk, HelloWorld.class).start()) {
            target.awaitCheckpoint("done");

            checkOneLine(
                    Viewer.on(jdk).call("leaks", target.pidText()),
                    "no Sockblame agent",
                    "sockblame attach " + target.pid());
            assertThat(target.finish()).isEqualTo(new Output("Hello, world\ndone\n", "Hello, error\n", 3));
        }
    }

    @OnEveryJdk
    void debugAddsTheStackTrace(TargetJdk jdk) throws Exception {
        Output told = Viewer.on(jdk).call("--debug", "leaks", "127.0.0.1:1");

        assertThat(told.status()).isEqualTo(2);
        assertThat(told.err())
                .startsWith("sockblame: no JMX server answers at 127.0.0.1:1")
                .contains("\n\tat io.github.sockblame.viewer.", "Connection refused");
    }

    private static void checkOneLine(Output told, String... words) {
        assertThat(told.status()).as("%s", told).isEqualTo(2);
        assertThat(told.out()).isEmpty();
        assertThat(told.err()).startsWith("sockblame: ").endsWith("\n").hasLineCount(1);
        assertThat(told.err()).contains(words).doesNotContain("\tat ", "Exception");
    }
}
