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
import io.github.sockblame.it.scenario.Checkpoint;
import io.github.sockblame.it.scenario.Peer;
import io.github.sockblame.it.scenario.leak.LeakyProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/**
 * A program with an ahead-of-time cache (JEP 514) keeps it if the cache was made as the README describes. With
 * {@code AOTMode=on} a JVM that cannot use its cache does not start.
 */
class AotCacheIT {

    private static final String MAKE = "-XX:AOTCacheOutput=app.aot";
    private static final String USE = "-XX:AOTCache=app.aot";
    private static final String INSTRUMENT = "--add-modules java.instrument";

    /** At its end the JVM starts another one that makes the cache, and waits for it. */
    private static final Duration ASSEMBLY = Duration.ofSeconds(80);

    @OnEveryJdk
    void cacheThatIsMadeWithTheAgentIsUsed(TargetJdk jdk) throws Exception {
        checkReadme(MAKE + " -javaagent:");
        checkCacheIsUsed(jdk, List.of(agent()));
    }

    @OnEveryJdk
    void cacheThatIsMadeWithTheModuleOfAgentsIsUsed(TargetJdk jdk) throws Exception {
        checkReadme(MAKE + " " + INSTRUMENT);
        checkCacheIsUsed(jdk, List.of(INSTRUMENT.split(" ", -1)));
    }

    private static void checkCacheIsUsed(TargetJdk jdk, List<String> whenMade) throws Exception {
        Path folder = makeCache(jdk, whenMade);
        try (TargetProcess target = start(jdk, folder, List.of(USE, "-XX:AOTMode=on", agent()))) {
            target.awaitCheckpoint("leaked");
            target.isWatchedNow();
            Await.until("the leaks", () -> target.report().report().totals().leaked() == 3);
            Output output = target.finish();
            assertThat(output).isEqualTo(new Output("leaked\n", "", 0));
        }
    }

    /** The folder with the program's jar and its cache. */
    private static Path makeCache(TargetJdk jdk, List<String> options) throws Exception {
        Requires.that(jdk.feature() >= 25, jdk + " makes no AOT cache in one step");
        Path folder = TestEnvironment.newFolder("aot");
        writeJar(folder.resolve("app.jar"));
        List<String> all = new ArrayList<>(options);
        all.add(MAKE);
        try (TargetProcess target = start(jdk, folder, all)) {
            target.awaitCheckpoint("leaked").proceed();
            Output output = target.awaitEnd(ASSEMBLY);
            assertThat(folder.resolve("app.aot")).as("%s", output).isNotEmptyFile();
        }
        return folder;
    }

    private static TargetProcess start(TargetJdk jdk, Path folder, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "cd \"$0\" && exec \"$@\"", folder.toString()));
        command.add(jdk.java());
        command.addAll(TargetJvm.SMALL);
        command.addAll(options);
        command.addAll(List.of("-cp", "app.jar", LeakyProgram.class.getName()));
        return new TargetProcess(command, false);
    }

    private static String agent() {
        return "-javaagent:" + TestEnvironment.agentJar() + "=grace=1ms";
    }

    /** A jar of the classes themselves, because a cache cannot be made for a class path with folders. */
    private static void writeJar(Path file) throws IOException {
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            for (Class<?> type : List.of(LeakyProgram.class, Checkpoint.class, Peer.class)) {
                String name = type.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new ZipEntry(name));
                Files.copy(TestEnvironment.scenarioClasses().resolve(name), jar);
            }
        }
    }

    private static void checkReadme(String part) throws IOException {
        assertThat(TestEnvironment.projectRoot().resolve("README.md")).content().contains(part);
    }
}
