// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.Output;
import io.github.sockblame.it.harness.Requires;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.harness.Tool;
import io.github.sockblame.it.harness.Viewer;
import io.github.sockblame.it.scenario.leak.LeaksBeforeAndAfter;
import io.github.sockblame.it.scenario.leak.LeakyProgram;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The file {@code sockblame}: a script with the viewer's jar behind it, run as a command. */
class CommandIT {

    private static final String NO_PROGRAMS = "/nowhere";

    @Test
    void commandIsScriptFollowedByTheJar() throws Exception {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(Files.readAllBytes(TestEnvironment.projectRoot().resolve("viewer-cli/src/main/command/sockblame")));
        both.write(Files.readAllBytes(TestEnvironment.viewerJar()));

        assertThat(Files.readAllBytes(TestEnvironment.viewerCommand())).isEqualTo(both.toByteArray());
        assertThat(Files.getPosixFilePermissions(TestEnvironment.viewerCommand()))
                .isEqualTo(PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void commandWithoutJavaPrintsWhatToDo() throws Exception {
        Map<String, String> nothing = Map.of("JAVA_HOME", "", "PATH", NO_PROGRAMS);
        Map<String, String> wrong = Map.of("JAVA_HOME", NO_PROGRAMS, "PATH", NO_PROGRAMS);
        for (Map<String, String> variables : List.of(nothing, wrong)) {
            assertThat(Viewer.run(variables, file()).call("ps"))
                    .isEqualTo(new Output("", "sockblame: no java found: set JAVA_HOME to a JDK 17 or later\n", 2));
        }
    }

    @OnEveryJdk
    void commandPrefersJavaHomeToPath(TargetJdk jdk) throws Exception {
        String home = jdk.home().toString();
        String path = jdk.home().resolve("bin").toString();
        List<Map<String, String>> ways = List.of(
                Map.of("JAVA_HOME", home, "PATH", NO_PROGRAMS),
                Map.of("JAVA_HOME", "", "PATH", path),
                Map.of("JAVA_HOME", NO_PROGRAMS, "PATH", path));
        for (Map<String, String> way : ways) {
            Output version = Viewer.run(
                            with(way, "SOCKBLAME_JAVA_OPTS", " -XshowSettings:properties  -Dtold=*"), file())
                    .call("--version");

            assertThat(version.status()).as("%s", version).isZero();
            assertThat(version.out()).matches("sockblame \\d+\\.\\d+\\.\\d+\\S*\n");
            assertThat(version.err()).contains(" java.home = " + home + "\n", " told = *\n");
        }
    }

    @OnEveryJdk
    void commandPassesArgumentsUnchanged(TargetJdk jdk) throws Exception {
        checkArguments(jdk, file());
    }

    static List<Tool> shells() {
        return List.of(Tool.BASH, Tool.BUSYBOX, Tool.DASH, Tool.ZSH);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void everyShellPassesArgumentsUnchanged(Tool shell) throws Exception {
        Requires.tool(shell);
        TargetJdk jdk = TargetJdk.ofThisJvm();
        if (shell == Tool.BUSYBOX) {
            checkArguments(jdk, shell.program(), "sh", file());
        } else {
            checkArguments(jdk, shell.program(), file());
        }
    }

    private static void checkArguments(TargetJdk jdk, String... command) throws Exception {
        String[] arguments = {"leaks", "a  b", "", "*", "$HOME"};
        Output said = Viewer.on(jdk).call(arguments);
        assertThat(said.status()).as("%s", said).isEqualTo(2);
        assertThat(said.err()).contains("''", "'*'", "'$HOME'");

        assertThat(Viewer.run(javaHome(jdk), command).call(arguments)).isEqualTo(said);
    }

    @OnEveryJdk
    void linkInAFolderWithASpaceAttachesAndAnswers(TargetJdk jdk) throws Exception {
        Path folder = Files.createDirectory(TestEnvironment.newFolder("command").resolve("of mine"));
        Path link = Files.createSymbolicLink(folder.resolve("sockblame"), TestEnvironment.viewerCommand());
        Viewer viewer = Viewer.run(javaHome(jdk), link.toString());
        try (TargetProcess target = TargetJvm.of(jdk, LeaksBeforeAndAfter.class).start()) {
            target.awaitCheckpoint("early");
            Output attached = viewer.call("attach", target.pidText(), "--options", "grace=1ms");
            assertThat(attached.status()).as("%s", attached).isZero();
            assertThat(attached.err()).isEmpty();
            target.isWatchedNow();
            target.proceedTo("late");
            Await.until("seven leaks", () -> target.report().report().totals().leaked() == 7);

            Output leaks = viewer.call("leaks", target.pidText());
            assertThat(leaks.status()).as("%s", leaks).isEqualTo(1);
            assertThat(leaks.err()).isEmpty();
            assertThat(leaks.out()).contains("LeaksBeforeAndAfter.leakLate(LeaksBeforeAndAfter.java:");
        }
    }

    @OnEveryJdk
    void demoRunsFromTheFile(TargetJdk jdk) throws Exception {
        Output demo = Viewer.run(javaHome(jdk), file()).call("demo");

        assertThat(demo.status()).as("%s", demo).isZero();
        assertThat(demo.err()).isEmpty();
        assertThat(demo.out()).contains("PaymentClient.charge(", "PriceFeed.subscribe(", "ChatServer.onReadable(");
    }

    @OnEveryJdk
    void topRunsInTheTerminal(TargetJdk jdk) throws Exception {
        Requires.tool(Tool.TMUX);
        try (TargetProcess target = TargetJvm.of(jdk, LeakyProgram.class)
                        .watched("grace=1ms")
                        .start();
                Tmux tmux = Tmux.start(80, 24)) {
            target.awaitCheckpoint("leaked");
            tmux.command("JAVA_HOME=" + jdk.home() + " " + file() + " top " + target.pid() + "; echo ended with $?");
            tmux.await("LeakyProgram.forget", "q quit");
            tmux.type("q");
            tmux.await("ended with 0");
        }
    }

    @OnEveryJdk
    void hintsNameTheCommandOfTheUser(TargetJdk jdk) throws Exception {
        Path noFolder = TestEnvironment.newFolder("command").resolve("missing");
        Output refused = Viewer.run(with(javaHome(jdk), "SOCKBLAME_JAVA_OPTS", "-Djava.io.tmpdir=" + noFolder), file())
                .call("demo");

        assertThat(refused.status()).as("%s", refused).isEqualTo(2);
        assertThat(refused.err()).contains("SOCKBLAME_JAVA_OPTS=-Djava.io.tmpdir=DIR sockblame");
    }

    private static String file() {
        return TestEnvironment.viewerCommand().toString();
    }

    private static Map<String, String> javaHome(TargetJdk jdk) {
        return Map.of("JAVA_HOME", jdk.home().toString());
    }

    private static Map<String, String> with(Map<String, String> variables, String name, String value) {
        Map<String, String> more = new HashMap<>(variables);
        more.put(name, value);
        return more;
    }
}
