// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The commands that the README shows are those that work. */
class ReadmeIT {

    private static final long LONGEST_BUILD_SECONDS = 300;

    @Test
    void commandToTryItBuildsFreshSourcesAndShowsTheDemo() throws Exception {
        String command = commandUnder("Try it");
        assertThat(command)
                .as("a command that runs these tests would run itself")
                .doesNotContainPattern("\\b(verify|install|deploy|check)\\b");
        Requires.tool(Tool.GIT);
        Requires.that(Files.exists(Surroundings.projectRoot().resolve(".git")), "these sources are no checkout of git");
        Path copy = freshCopy();

        Output tried = shell(command, copy);

        assertThat(tried.status()).as("%s", tried).isZero();
        assertThat(tried.out()).contains("PaymentClient.charge(", "PriceFeed.subscribe(", "ChatServer.onReadable(");
    }

    /** Continuous integration is run for real, with commands in the place of the real ones that only say what they are asked. */
    @Test
    void commandToTestIsTheOneOfContinuousIntegration() throws Exception {
        assertThat(commandUnder("Run the tests")).isEqualTo("make check");
        Requires.tool(Tool.BASH);
        Requires.that(
                TargetJdks.found().stream().anyMatch(jdk -> jdk.feature() == 17),
                "no JDK 17, without which .ci/run does not begin");
        Path folder = Surroundings.newFolder("ci");
        for (String file : List.of("README.md", ".ci/run")) {
            Files.createDirectories(folder.resolve(file).resolveSibling("."));
            Files.copy(
                    Surroundings.projectRoot().resolve(file), folder.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        for (String name : List.of("make", "mvn", "ss", "apt-get")) {
            Path stub = Files.writeString(folder.resolve(name), "#!/bin/sh\necho \"asked for: " + name + " $*\"\n");
            assertThat(stub.toFile().setExecutable(true)).isTrue();
        }

        Output ran = shell("PATH=" + folder + ":$PATH .ci/run", folder);

        assertThat(ran.status()).as("%s", ran).isZero();
        assertThat(ran.out()
                        .lines()
                        .filter(line -> line.startsWith("asked for: "))
                        .distinct())
                .as("and on the newest JDK, if it is here, the integration tests, which may only warn")
                .startsWith("asked for: make check")
                .isSubsetOf("asked for: make check", "asked for: make it");
    }

    /** The one line of the block of shell commands under this heading. */
    private static String commandUnder(String heading) throws IOException {
        String readme = Files.readString(Surroundings.projectRoot().resolve("README.md"));
        Matcher block = Pattern.compile(
                        "(?s)(?:^|\n)## " + Pattern.quote(heading) + "\n(?:(?!\n## ).)*?\n?```sh\n(.*?)```")
                .matcher(readme);
        assertThat(block.find()).as("a block of sh under '## %s'", heading).isTrue();
        assertThat(block.group(1)).hasLineCount(1);
        return block.group(1).strip();
    }

    private static Path freshCopy() throws Exception {
        Path root = Surroundings.projectRoot();
        Path copy = Surroundings.newFolder("readme");
        Output tracked = shell("git ls-files -z", root);
        assertThat(tracked.status()).as("%s", tracked).isZero();
        for (String name : List.of(tracked.out().split("\0", -1))) {
            Path file = root.resolve(name);
            if (!name.isEmpty() && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                Path target = copy.resolve(name);
                Files.createDirectories(target.resolveSibling("."));
                Files.copy(file, target, LinkOption.NOFOLLOW_LINKS);
            }
        }
        return copy;
    }

    private static Output shell(String command, Path folder) throws Exception {
        TargetJdk jdk = TargetJdk.ofThisJvm();
        String path = jdk.home().resolve("bin") + ":" + System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        Process process = ForkedProcess.start(
                List.of("sh", "-c", command),
                folder,
                Map.of("JAVA_HOME", jdk.home().toString(), "PATH", path));
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
