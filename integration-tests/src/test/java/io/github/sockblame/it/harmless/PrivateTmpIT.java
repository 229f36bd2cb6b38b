// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.MountNamespace;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.Output;
import io.github.sockblame.it.harness.Requires;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.harness.Viewer;
import io.github.sockblame.it.scenario.fault.FullOfFiles;
import java.nio.file.Path;

/**
 * A JVM with a {@code /tmp} of its own, as systemd's PrivateTmp gives it. An attach would send it SIGQUIT in vain, and it would print all its threads
 * to the program's standard output.
 */
class PrivateTmpIT {

    private static final String[] PRIVATE_TMP = MountNamespace.around(privateTmp(TestEnvironment.projectRoot()));

    /** The project itself stays where it is, also if that is below {@code /tmp}. */
    private static String privateTmp(Path project) {
        String empty = "mount -t tmpfs none /tmp";
        return project.startsWith("/tmp")
                ? "exec 9<" + project + " && " + empty + " && mkdir -p " + project
                        + " && mount --no-canonicalize --bind /proc/self/fd/9 " + project + " && exec 9<&-"
                : empty;
    }

    @OnEveryJdk
    void jvmIsAskedByFileAndPrintsNoThreadDump(TargetJdk jdk) throws Exception {
        MountNamespace.require();
        Requires.that(!jdk.home().startsWith("/tmp"), "this JDK is below /tmp");
        // not "watched": the check of its health would attach
        try (TargetProcess target = TargetJvm.of(jdk, FullOfFiles.class)
                .through(PRIVATE_TMP)
                .jvm("-javaagent:" + TestEnvironment.agentJar() + "=grace=1ms")
                .arguments("wait")
                .start()) {
            target.awaitCheckpoint("leaked");
            String before = target.printed();
            Path asked = Path.of("/proc", target.pidText(), "root/tmp/.sockblame_" + target.pid());

            Output leaks = Viewer.on(jdk).call("leaks", target.pidText());
            assertThat(leaks.status()).as("%s", leaks).isEqualTo(1);
            assertThat(leaks.out()).contains("FORGOTTEN", "FullOfFiles.forget(FullOfFiles.java:");
            assertThat(leaks.err())
                    .isEqualTo("sockblame: JVM " + target.pid()
                            + " has its own /tmp, as with PrivateTmp of systemd: using the request file " + asked
                            + "\n");
            assertThat(asked).doesNotExist();
            checkRefused(jdk, target, "detach");
            assertThat(Viewer.on(jdk).call("ps").status()).isZero();
            assertThat(target.printed()).as("no thread dump").isEqualTo(before);
        }
    }

    @OnEveryJdk
    void attachIsRefusedAndPrintsNoThreadDump(TargetJdk jdk) throws Exception {
        MountNamespace.require();
        Requires.that(!jdk.home().startsWith("/tmp"), "this JDK is below /tmp");
        try (TargetProcess target = TargetJvm.of(jdk, FullOfFiles.class)
                .through(PRIVATE_TMP)
                .arguments("wait")
                .start()) {
            target.awaitCheckpoint("leaked");
            String before = target.printed();

            checkRefused(jdk, target, "attach");
            checkRefused(jdk, target, "leaks");
            assertThat(target.printed()).as("no thread dump").isEqualTo(before);
        }
    }

    private static void checkRefused(TargetJdk jdk, TargetProcess target, String verb) throws Exception {
        Output refused = Viewer.on(jdk).call(verb, target.pidText());
        assertThat(refused.status()).as("%s", refused).isEqualTo(2);
        assertThat(refused.err())
                .startsWith("sockblame: JVM " + target.pid() + " has its own /tmp, as with PrivateTmp of systemd: ")
                .contains("nsenter -m -t " + target.pid())
                .hasLineCount(1);
    }
}
