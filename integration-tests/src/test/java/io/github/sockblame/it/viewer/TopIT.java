// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.FrameText;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.Output;
import io.github.sockblame.it.harness.RemoteJmx;
import io.github.sockblame.it.harness.Requires;
import io.github.sockblame.it.harness.StallingProxy;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.harness.Tool;
import io.github.sockblame.it.harness.Viewer;
import io.github.sockblame.it.scenario.leak.LeakyProgram;
import io.github.sockblame.report.json.ReportJson;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The live screen on a real terminal. */
class TopIT {

    private static final AtomicInteger TIMES = new AtomicInteger();
    private static final String USERS_SIDE = "127.0.3.2";
    private static final String CULPRIT = "LeakyProgram.forget";

    @OnEveryJdk
    void topFollowsKeysSizesAndDeath(TargetJdk jdk) throws Exception {
        Requires.tool(Tool.TMUX);
        Path file = TestEnvironment.newFolder("top").resolve("saved.json");
        try (TargetProcess target = leaky(jdk);
                Tmux tmux = Tmux.start(80, 24)) {
            String modes = modes(tmux);
            tmux.command(top(jdk, target));
            String first = tmux.await("FORGOTTEN", CULPRIT, "leaked        3", "by growth", "q quit");
            assertThat(first.lines().findFirst().orElse(""))
                    .startsWith(LeakyProgram.class.getName() + " (pid " + target.pid() + ")");
            assertThat(first).contains("\u2588"); // a block

            tmux.press("c");
            tmux.await("by count");
            tmux.type("/nothing like that");
            tmux.await("no site matches 'nothing like that'");
            tmux.press("Escape");
            tmux.await(CULPRIT);
            tmux.press("Enter");
            tmux.await("saw the peer close, and did not close:", "evidence: ", "Esc back");
            tmux.press("Down");
            tmux.press("Escape");
            tmux.await("verdict");

            tmux.resize(50, 12);
            Await.until(
                    "it fits",
                    () -> !tmux.screen().contains("verdict") && tmux.screen().contains("culprit"));
            assertThat(tmux.await(CULPRIT).lines()).hasSizeLessThanOrEqualTo(12).allMatch(line -> line.length() <= 50);
            tmux.resize(130, 30);
            tmux.await("verdict", FrameText.in(LeakyProgram.class, "forget"));

            tmux.type("w" + file);
            tmux.press("Enter");
            tmux.await("wrote ");
            assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThat(ReportJson.read(Files.readString(file)).totals().leaked())
                    .isEqualTo(3);

            target.kill();
            tmux.await("NO ANSWER for ", CULPRIT);
            tmux.type("q");
            String afterwards = checkRestored(tmux, modes, "ended with 2");
            assertThat(afterwards).contains("sockblame: ").doesNotContain("WARNING", "by count");
        }
    }

    @OnEveryJdk
    void topRestoresTheTerminalAtEachEnd(TargetJdk jdk) throws Exception {
        Requires.tool(Tool.TMUX);
        try (TargetProcess target = leaky(jdk);
                Tmux tmux = Tmux.start(80, 24)) {
            String modes = modes(tmux);
            tmux.command(top(jdk, target));
            tmux.await(CULPRIT);
            tmux.press("C-z"); // must not stop it in the middle of a screen
            tmux.press("C-c");
            checkRestored(tmux, modes, "ended with 0");

            tmux.command("clear; " + top(jdk, target));
            tmux.await(CULPRIT);
            assertThat(tmux.foreground().destroy()).isTrue();
            checkRestored(tmux, modes, "ended with 143"); // 128 + SIGTERM
        }
    }

    @OnEveryJdk
    void stalledLinkDelaysNoKey(TargetJdk jdk) throws Exception {
        Requires.tool(Tool.TMUX);
        RemoteJmx jmx = RemoteJmx.onFreePort();
        try (TargetProcess target = leaky(TargetJvm.of(jdk, LeakyProgram.class).jvm(jmx.argumentsSaying(USERS_SIDE)));
                StallingProxy proxy = new StallingProxy(
                        InetAddress.getByName(USERS_SIDE),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), jmx.port()));
                Tmux tmux = Tmux.start(100, 24)) {
            tmux.command(top(jdk, USERS_SIDE + ":" + jmx.port()));
            tmux.await(CULPRIT, target.pidText());
            proxy.stall();
            tmux.await("waiting");
            tmux.press("c");
            tmux.await("by count", "waiting");
            tmux.press("Enter");
            tmux.await("saw the peer close, and did not close:", "waiting");

            proxy.goOn();
            Await.until("answers again", () -> !tmux.screen().contains("waiting"));
            proxy.stall();
            tmux.await("waiting");
            tmux.type("q");
            tmux.await("ended with 0");
        }
    }

    @OnEveryJdk
    void topWithoutTerminalPrintsWhatToDo(TargetJdk jdk) throws Exception {
        Output refused = Viewer.on(jdk).call("top", "4242");

        assertThat(refused)
                .isEqualTo(new Output(
                        "",
                        "sockblame: there is no terminal that can show a live screen:"
                                + " sockblame leaks 4242 prints the same once\n",
                        2));
    }

    private static TargetProcess leaky(TargetJdk jdk) throws Exception {
        return leaky(TargetJvm.of(jdk, LeakyProgram.class));
    }

    private static TargetProcess leaky(TargetJvm jvm) throws Exception {
        TargetProcess target = jvm.watched("grace=1ms").start();
        target.awaitCheckpoint("leaked");
        Await.until("three leaks", () -> target.report().report().totals().leaked() == 3);
        return target;
    }

    private static String top(TargetJdk jdk, TargetProcess target) {
        return top(jdk, target.pidText());
    }

    private static String top(TargetJdk jdk, String target) {
        return jdk.java() + " -jar " + TestEnvironment.viewerJar() + " top " + target
                + " --interval 1; echo ended with $?";
    }

    /** The shell has its screen again, and what is typed is seen. */
    private static String checkRestored(Tmux tmux, String modes, String end) throws Exception {
        String screen = tmux.await(end);
        assertThat(modes(tmux)).isEqualTo(modes);
        tmux.command("echo seen $((40+2))");
        tmux.await("echo seen $((40+2))", "\nseen 42");
        return screen;
    }

    /** Of the terminal, all of them in one sum. What stands there from the last time must not be taken for it. */
    private static String modes(Tmux tmux) throws Exception {
        int time = TIMES.incrementAndGet();
        Pattern answer = Pattern.compile("modes " + time + ": (\\d+ \\d+) *");
        tmux.command("clear; echo modes " + time + ": $(stty -g | cksum)");
        return Await.value(
                "the modes of the terminal",
                () -> tmux.screen()
                        .lines()
                        .map(answer::matcher)
                        .filter(Matcher::matches)
                        .map(matcher -> matcher.group(1))
                        .findFirst());
    }
}
