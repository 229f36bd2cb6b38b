// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.MountNamespace;
import io.github.sockblame.it.harness.Output;
import io.github.sockblame.it.harness.Requires;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.harness.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code make check} says before it builds, and that a broken rule of lint fails it and nothing else. */
class ChecksIT {

    /** Compiles, and NullAway refuses it. */
    private static final String BROKEN_RULE = """
            // SPDX-License-Identifier: Apache-2.0
            package io.github.sockblame.probe;

            final class Broken {

                private Broken() {}

                static Object nothing() {
                    return null;
                }
            }
            """;

    /** What the scripts themselves call; a PATH with nothing else has no Maven and no tool. */
    private static final List<String> ESSENTIAL =
            List.of("sh", "dirname", "sed", "head", "tr", "mkdir", "rm", "realpath");

    @Test
    void brokenLintRuleFailsChecksButNotUserBuild() throws Exception {
        FreshCopy copy = FreshCopy.of("lint");
        Output options = copy.shell("checks/lint", Map.of());
        Requires.that(
                options.out().contains("-Plint"),
                "this javac runs no lint: " + options.err().strip());
        copy.write("probe/src/main/java/io/github/sockblame/probe/Broken.java", BROKEN_RULE);

        Output checked = copy.shell("make check MVN='mvn -B -o'", Map.of());
        Output built = copy.shell("mvn -B -o -q -Dmaven.test.skip=true -pl probe compile", Map.of());

        assertThat(checked.status()).as("%s", checked).isNotZero();
        assertThat(checked.out()).contains("[NullAway]", "Broken.java").contains("What is here");
        assertThat(built.status()).as("%s", built).isZero();
    }

    @Test
    void inventoryNamesMissingToolAndItsInstallCommand() throws Exception {
        FreshCopy copy = FreshCopy.empty("inventory").with("checks");
        onlyEssentialTools(copy);
        copy.writeScript(
                "path/mvn",
                "echo 'Java version: " + Runtime.version() + ", vendor: here, runtime: "
                        + TargetJdk.ofThisJvm().home() + "'");

        Output listed = inventory(copy);

        assertThat(listed.status()).as("%s", listed).isZero();
        assertThat(listed.out())
                .containsPattern("builds +JDK " + Runtime.version().feature())
                .containsPattern("MISSING +zsh: CommandIT, CompletionTest will skip: .+")
                .containsPattern("\nAll that is missing, on Debian: apt-get install .* tmux .* zsh\n");
    }

    @Test
    void missingMavenIsOneLine() throws Exception {
        FreshCopy copy = FreshCopy.empty("no-maven").with("checks");
        onlyEssentialTools(copy);

        assertIsOneLine(inventory(copy), "Maven is missing", "3.8.7");
    }

    @Test
    void olderJdkIsOneLine() throws Exception {
        List<String> old = TestEnvironment.list("old.jdks", "SOCKBLAME_OLD_JDKS");
        Requires.that(!old.isEmpty(), "no JDK older than 17 is named (old.jdks, SOCKBLAME_OLD_JDKS)");
        FreshCopy copy = FreshCopy.empty("old-jdk").with("checks");

        Output listed = copy.shell("checks/inventory", Map.of("JAVA_HOME", old.get(0)));

        assertIsOneLine(listed, "JDK 17 or later", old.get(0));
    }

    @Test
    void readOnlyCheckoutIsOneLine() throws Exception {
        MountNamespace.require();
        FreshCopy copy = FreshCopy.empty("read-only").with("checks");
        Path folder = copy.folder();

        Output listed = copy.shell(
                "unshare --mount sh -c 'mount --bind . " + folder + " && mount -o remount,ro,bind " + folder + " && cd "
                        + folder + " && checks/inventory'",
                Map.of());

        assertIsOneLine(listed, "cannot write into " + folder, "read-only");
    }

    static void onlyEssentialTools(FreshCopy copy) throws Exception {
        for (String name : ESSENTIAL) {
            Path real = Tool.places(name, "/usr/bin:/bin").get(0);
            Files.createDirectories(copy.folder().resolve("path"));
            Files.createSymbolicLink(copy.folder().resolve("path").resolve(name), real);
        }
    }

    private static Output inventory(FreshCopy copy) throws Exception {
        return copy.shell(
                "checks/inventory", Map.of("PATH", copy.folder().resolve("path").toString()));
    }

    static void assertIsOneLine(Output output, String... parts) {
        assertThat(output.status()).as("%s", output).isEqualTo(2);
        assertThat(output.out()).as("%s", output).isEmpty();
        assertThat(output.err().lines()).as("%s", output).hasSize(1);
        assertThat(output.err()).contains(parts);
    }
}
