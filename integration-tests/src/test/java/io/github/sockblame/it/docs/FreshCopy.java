// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.CapturedStream;
import io.github.sockblame.it.harness.ForkedProcess;
import io.github.sockblame.it.harness.Output;
import io.github.sockblame.it.harness.Requires;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.harness.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The sources of this project in a folder of their own, with nothing that a build has made, and commands typed in it. */
final class FreshCopy {

    private static final long LONGEST_BUILD_SECONDS = 300;

    private final Path folder;

    private FreshCopy(Path folder) {
        this.folder = folder;
    }

    /** A copy of all that Git has; skips the test where the sources are no checkout. */
    static FreshCopy of(String name) throws Exception {
        Requires.tool(Tool.GIT);
        Path root = TestEnvironment.projectRoot();
        Requires.that(Files.exists(root.resolve(".git")), "these sources are no checkout of git");
        FreshCopy copy = new FreshCopy(TestEnvironment.newFolder(name));
        Output tracked = new FreshCopy(root).shell("git ls-files -z", Map.of());
        assertThat(tracked.status()).as("%s", tracked).isZero();
        for (String file : List.of(tracked.out().split("\0", -1))) {
            if (!file.isEmpty() && Files.isRegularFile(root.resolve(file), LinkOption.NOFOLLOW_LINKS)) {
                Files.copy(root.resolve(file), copy.place(file), LinkOption.NOFOLLOW_LINKS);
            }
        }
        return copy;
    }

    /** An empty folder into which parts of the project are copied. */
    static FreshCopy empty(String name) throws IOException {
        return new FreshCopy(TestEnvironment.newFolder(name));
    }

    /** Copies this file of the project, or every file of this folder. */
    FreshCopy with(String part) throws IOException {
        Path source = TestEnvironment.projectRoot().resolve(part);
        if (Files.isDirectory(source)) {
            try (var files = Files.list(source)) {
                for (Path file : files.toList()) {
                    with(part + "/" + file.getFileName());
                }
            }
        } else {
            Files.copy(source, place(part), LinkOption.NOFOLLOW_LINKS);
        }
        return this;
    }

    Path folder() {
        return folder;
    }

    void write(String file, String text) throws IOException {
        Files.writeString(place(file), text);
    }

    /** Writes a shell script that can be called by its name. */
    void writeScript(String file, String... lines) throws IOException {
        write(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        assertThat(folder.resolve(file).toFile().setExecutable(true)).isTrue();
    }

    private Path place(String file) throws IOException {
        Path place = folder.resolve(file);
        Files.createDirectories(place.resolveSibling("."));
        return place;
    }

    /** Types a command here, with the Java of this test unless the variables name another one. */
    Output shell(String command, Map<String, String> variables) throws Exception {
        Path home = TargetJdk.ofThisJvm().home();
        Map<String, String> all = new HashMap<>();
        all.put("JAVA_HOME", home.toString());
        all.put("PATH", home.resolve("bin") + ":" + System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
        all.putAll(variables);
        Process process = ForkedProcess.start(List.of("/bin/sh", "-c", command), folder, all);
        CapturedStream out = new CapturedStream(process.getInputStream());
        CapturedStream err = new CapturedStream(process.getErrorStream());
        process.getOutputStream().close();
        if (!process.waitFor(LONGEST_BUILD_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().onExit().join();
            throw new AssertionError("does not end: " + command + "\n" + out.text() + err.text());
        }
        return new Output(out.all(), err.all(), process.exitValue());
    }
}
