// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.Output;
import io.github.sockblame.it.harness.Requires;
import io.github.sockblame.it.harness.TargetJdks;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.harness.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The commands that the README shows are those that work. */
class ReadmeIT {

    /** What Maven prints when it cannot download. */
    private static final Pattern NO_NETWORK = Pattern.compile("Could not transfer artifact|in offline mode");

    /** As a new user types it. CI gives it an empty Maven repository, so that nothing but the POMs brings what it needs. */
    @Test
    void commandBuildsFreshSourcesAndShowsDemo() throws Exception {
        String command = commandUnder("Try it");
        assertThat(command)
                .as("a command that runs these tests would run itself")
                .doesNotContainPattern("\\b(verify|install|deploy|check)\\b");
        FreshCopy copy = FreshCopy.of("readme");
        for (String module : List.of("probe", "report", "agent", "viewer-cli", "integration-tests", "benchmarks")) {
            copy.write(module + "/src/test/java/Broken.java", "this is no Java");
        }
        boolean empty = System.getenv("CI") != null;
        Map<String, String> variables = empty
                ? Map.of("MAVEN_OPTS", "-Dmaven.repo.local=" + TestEnvironment.newFolder("empty-repository"))
                : Map.of();

        Output tried = copy.shell(command, variables);

        Requires.that(
                tried.status() == 0 || !NO_NETWORK.matcher(tried.out()).find(),
                "no network, and Maven has to download");
        assertThat(tried.status()).as("%s", tried).isZero();
        assertThat(tried.out()).contains("PaymentClient.charge(", "PriceFeed.subscribe(", "ChatServer.onReadable(");
        assertThat(tried.out()).as("modules of the tests").doesNotContain("integration tests", "benchmarks");
        assertThat(tried.out().replaceAll("\\x1b\\[[0-9;]*m", "").lines().filter(line -> line.contains("[WARNING]")))
                .as("warnings to a new user")
                .isEmpty();
    }

    /** Continuous integration is run for real, with commands in the place of the real ones that only write down what they are asked. */
    @Test
    void ciRunsBothCommandsAndInstallsNothing() throws Exception {
        String check = commandUnder("Run the tests");
        assertThat(check).isEqualTo("make check");
        Requires.tool(Tool.BASH);
        Requires.tool(Tool.GIT);
        Requires.that(
                TargetJdks.found().stream().anyMatch(jdk -> jdk.feature() == 17),
                "no JDK 17, without which .ci/run does not begin");
        FreshCopy folder = FreshCopy.empty("ci").with("README.md").with(".ci").with("checks");
        folder.shell(
                "git init -q . && git add . && git -c user.name=ci -c user.email=ci@localhost commit -qm all",
                Map.of());
        Path asked = TestEnvironment.newFolder("ci-asked").resolve("asked");
        for (String name : List.of("make", "apt-get")) {
            folder.writeScript("stubs/" + name, "echo " + name + " \"$@\" >>" + asked);
        }
        folder.writeScript(
                "stubs/mvn",
                "echo mvn \"$@\" >>" + asked,
                "mkdir -p viewer-cli/target",
                "cp " + TestEnvironment.viewerJar() + " viewer-cli/target/sockblame.jar");

        Output ran = folder.shell(
                "PATH=" + folder.folder().resolve("stubs") + ":$PATH .ci/run",
                Map.of("XDG_CACHE_HOME", folder.folder().resolve("cache").toString(), "SOCKBLAME_CI_JDKS", "17"));

        assertThat(ran.status()).as("%s", ran).isZero();
        List<String> commands = Files.readAllLines(asked);
        assertThat(commands.get(0)).as("before anything is installed").isEqualTo("mvn -Dmaven.test.skip=true package");
        assertThat(commands).contains(check);
        assertThat(commands.stream().distinct().filter(line -> !line.startsWith("apt-get ")))
                .as(
                        "and the main integration tests in a runtime image, and on the newest JDK if it is here, which may only warn")
                .isSubsetOf("mvn -Dmaven.test.skip=true package", check, "make it-image", "make it-main");
        assertThat(commands.stream().filter(line -> line.startsWith("apt-get ") && line.contains(" install ")))
                .as("a package must not bring a newer JDK")
                .allMatch(line -> line.contains("--no-upgrade"));
    }

    /** The one line of the block of shell commands under this heading. */
    private static String commandUnder(String heading) throws IOException {
        String readme = Files.readString(TestEnvironment.projectRoot().resolve("README.md"));
        Matcher block = Pattern.compile(
                        "(?s)(?:^|\n)## " + Pattern.quote(heading) + "\n(?:(?!\n## ).)*?\n?```sh\n(.*?)```")
                .matcher(readme);
        assertThat(block.find()).as("a block of sh under '## %s'", heading).isTrue();
        assertThat(block.group(1)).hasLineCount(1);
        return block.group(1).strip();
    }
}
