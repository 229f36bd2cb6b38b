// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.CapturedStream;
import io.github.sockblame.it.harness.ForkedProcess;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.Output;
import io.github.sockblame.it.harness.Requires;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.harness.Tool;
import io.github.sockblame.it.harness.Viewer;
import io.github.sockblame.it.scenario.fault.FullOfFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What a viewer that runs as root does for processes of another user. */
class RootViewerIT {

    private static final String NOBODY = "65534";
    private static final String[] AS_NOBODY = {"unshare", "--setuid", NOBODY, "--setgid", NOBODY};

    /** Makes a folder the {@code /tmp} of a process of its own, as every user can, and looks like a watched JVM. */
    private static final String IMPOSTOR =
            "mount --bind \"$0\" /tmp && trap : QUIT && echo ready && while read line; do :; done";

    @OnEveryJdk
    void impostorGetsNoFileInAFolderOfRoot(TargetJdk jdk) throws Exception {
        requireRoot();
        Path folder = readableFolder("like-etc");
        FileTime untouched = FileTime.from(Instant.EPOCH);
        Files.setLastModifiedTime(folder, untouched);
        List<String> command = new ArrayList<>(List.of(AS_NOBODY));
        command.addAll(List.of("unshare", "--user", "--map-root-user", "--mount", "sh", "-c"));
        List<String> attempt = new ArrayList<>(command);
        attempt.addAll(List.of("mount --bind \"$0\" /tmp", folder.toString()));
        Requires.that(ForkedProcess.succeeds(attempt), "no mount namespace is allowed here");
        command.addAll(List.of(
                IMPOSTOR, folder.toString(), "-javaagent:/x/sockblame-agent.jar", "-XX:+DisableAttachMechanism"));
        Process impostor = ForkedProcess.start(command, Path.of("/"), Map.of());
        try {
            CapturedStream out = new CapturedStream(impostor.getInputStream());
            Await.until("its mount", () -> out.text().contains("ready"));

            Output leaks = Viewer.on(jdk).call("leaks", Long.toString(impostor.pid()));

            assertThat(leaks.status()).as("%s", leaks).isEqualTo(2);
            assertThat(leaks.err())
                    .contains("/proc/" + impostor.pid() + "/root/tmp is not a folder of root with mode 1777");
            assertThat(folder).isEmptyDirectory();
            assertThat(Files.getLastModifiedTime(folder))
                    .as("nothing was made or removed")
                    .isEqualTo(untouched);
        } finally {
            impostor.getOutputStream().close();
            if (!impostor.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                impostor.destroyForcibly();
            }
        }
    }

    @OnEveryJdk
    void jvmOfAnotherUserGetsTheAgentAlthoughTheFolderIsTaken(TargetJdk jdk) throws Exception {
        requireRoot();
        requireAccessOfOthers(
                "-r", TestEnvironment.scenarioClasses(), "another user cannot read the classes of this test");
        requireAccessOfOthers("-x", Path.of(jdk.java()), jdk + " is in a folder that another user cannot enter");
        Path tmp = readableFolder("taken");
        Files.setAttribute(tmp, "unix:mode", 0_1777);
        Path taken = Files.createDirectory(tmp.resolve("sockblame-" + System.getProperty("user.name")));
        Files.setAttribute(taken, "unix:uid", Integer.valueOf(NOBODY));
        Viewer viewer = Viewer.run(
                Map.of(),
                jdk.java(),
                "-Djava.io.tmpdir=" + tmp,
                "-jar",
                TestEnvironment.viewerJar().toString());
        for (int attached = 1; attached <= 2; attached++) {
            try (TargetProcess target = TargetJvm.of(jdk, FullOfFiles.class)
                    .through(AS_NOBODY)
                    .jvm("-Djava.rmi.server.hostname=203.0.113.7") // RFC 5737: an address of no machine
                    .arguments("wait")
                    .start()) {
                target.awaitCheckpoint("leaked");
                Output attach = viewer.call("attach", target.pidText(), "--options", "alert=none,grace=1ms");
                assertThat(attach.status()).as("%s", attach).isZero();
                Output status = viewer.call("status", target.pidText());
                assertThat(status.err()).isEmpty();
            }
            try (Stream<Path> files = Files.walk(tmp)) {
                assertThat(files)
                        .as("one folder and one jar, after %s", attached)
                        .hasSize(4);
            }
            assertThat(taken).isEmptyDirectory();
        }
    }

    private static void requireAccessOfOthers(String access, Path file, String reason) throws Exception {
        List<String> test = new ArrayList<>(List.of(AS_NOBODY));
        test.addAll(List.of("test", access, file.toString()));
        Requires.that(ForkedProcess.succeeds(test), reason);
    }

    private static void requireRoot() throws IOException {
        Requires.tool(Tool.UNSHARE);
        Requires.that(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "only root sees other users");
    }

    /** A folder of root's that other users can read. */
    private static Path readableFolder(String name) throws IOException {
        Path above = TestEnvironment.newFolder(name);
        Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Files.createDirectory(above.resolve(name));
    }
}
