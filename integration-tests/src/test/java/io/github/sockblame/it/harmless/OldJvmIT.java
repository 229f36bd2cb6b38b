// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.CapturedStream;
import io.github.sockblame.it.harness.ForkedProcess;
import io.github.sockblame.it.harness.Output;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJdks;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.harness.Viewer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingConsumer;

/** On a JVM that is too old the agent prints one line and the program continues; the viewer prints one line and ends with status 2. */
class OldJvmIT {

    private static final String PROGRAM = "public class Old { public static void main(String[] a) {"
            + " System.out.println(\"it runs\"); System.err.println(\"it ends\"); System.exit(4); } }";

    @TestFactory
    Stream<DynamicTest> agentIsDisabledWithOneLine() {
        return onOldJdks(OldJvmIT::checkDisabled);
    }

    @TestFactory
    Stream<DynamicTest> viewerCannotAnswerAndSaysWhyInOneLine() {
        return onOldJdks(OldJvmIT::oldJvmCannotAnswer);
    }

    private static Stream<DynamicTest> onOldJdks(ThrowingConsumer<TargetJdk> check) {
        List<String> homes = TestEnvironment.list("old.jdks", "SOCKBLAME_OLD_JDKS");
        if (homes.isEmpty()) {
            return Stream.of(DynamicTest.dynamicTest(
                    "none", () -> Assumptions.abort("no JDK older than 17 is named (old.jdks, SOCKBLAME_OLD_JDKS)")));
        }
        return TargetJdks.named(homes).stream()
                .map(jdk -> DynamicTest.dynamicTest(jdk.toString(), () -> check.accept(jdk)));
    }

    private static void oldJvmCannotAnswer(TargetJdk jdk) throws Exception {
        assertThat(jdk.feature()).isLessThan(17);
        Viewer command = Viewer.run(
                Map.of("JAVA_HOME", jdk.home().toString()),
                TestEnvironment.viewerCommand().toString());
        for (Viewer viewer : List.of(Viewer.on(jdk), command)) {
            Output said = viewer.call("ps");
            assertThat(said.status()).as("%s", said).isEqualTo(2);
            assertThat(said.out()).isEmpty();
            assertThat(said.err())
                    .matches(
                            "sockblame: needs Java 17 or later and this is [^\n]*: set JAVA_HOME or PATH to a newer JDK\n");
        }
    }

    private static void checkDisabled(TargetJdk jdk) throws Exception {
        assertThat(jdk.feature()).isLessThan(17);
        Path folder = TestEnvironment.newFolder("old");
        Path source = Files.writeString(folder.resolve("Old.java"), PROGRAM);
        int compiled = Optional.ofNullable(ToolProvider.getSystemJavaCompiler())
                .orElseThrow()
                .run(null, null, null, "--release", "8", "-Xlint:-options", source.toString());
        assertThat(compiled).isZero();

        Process process = ForkedProcess.start(
                List.of(jdk.java(), "-javaagent:" + TestEnvironment.agentJar(), "-cp", folder.toString(), "Old"),
                folder,
                Map.of());
        CapturedStream out = new CapturedStream(process.getInputStream());
        CapturedStream err = new CapturedStream(process.getErrorStream());
        assertThat(process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(process.exitValue()).isEqualTo(4);
        assertThat(out.all()).isEqualTo("it runs\n");
        assertThat(err.all()).matches("sockblame: needs Java 17 or later and this is [^\n]*\nit ends\n");
    }
}
