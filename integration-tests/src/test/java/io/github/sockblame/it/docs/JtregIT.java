// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.docs;

import static io.github.sockblame.it.docs.ChecksIT.assertIsOneLine;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.Output;
import io.github.sockblame.it.harness.Requires;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.harness.Tool;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What {@code checks/jtreg} prints, and its exit status. A script stands in for jtreg: it writes the results that a test
 * wants, so neither jtreg nor the JDK's tests are needed.
 */
class JtregIT {

    /** Writes jtreg's summary. The function {@code results} is the test's; {@code $agent} is empty in a run without the agent. */
    private static final String STAND_IN = """
            agent= report=
            for argument; do
              case $argument in
                -version) echo 'jtreg stand-in'; exit ;;
                -vmoption:-javaagent:*) agent=yes ;;
                -reportDir:*) report=${argument#*:} ;;
              esac
            done
            mkdir -p "$report/text"
            results >"$report/text/summary.txt"
            """;

    private static final String STEADY = "echo 'java/net/Steady.java  Passed. Execution successful'";

    @BeforeEach
    void needBash() throws Exception {
        Requires.tool(Tool.BASH);
    }

    @Test
    void missingJtregIsOneLine() throws Exception {
        FreshCopy copy = FreshCopy.empty("jtreg-missing").with("checks/jtreg");

        ChecksIT.onlyEssentialTools(copy);

        Output output = copy.shell("checks/jtreg short", Map.of("PATH", path(copy)));

        assertIsOneLine(output, "jtreg is missing", "checks/jtreg setup");
    }

    @Test
    void missingSuiteIsOneLine() throws Exception {
        FreshCopy copy = FreshCopy.empty("jtreg-no-suite").with("checks/jtreg");
        writeStandIn(copy, STEADY);

        assertIsOneLine(jtreg(copy), "the tests of JDK 17 are missing", "checks/jtreg setup");
    }

    @Test
    void sameResultsEndWithStatusZero() throws Exception {
        FreshCopy copy = copyWithSuite("jtreg-same");
        writeStandIn(copy, STEADY, "echo 'java/net/Internet.java  Failed. No address'");

        Output output = jtreg(copy);

        assertThat(output.status()).as("%s", output).isZero();
        assertThat(output.out())
                .contains("| java/net | 2 | 1 | 1 | 0 | 0 | 0 |")
                .contains("| total | 2 | 1 | 1 | 0 | 0 | 0 |")
                .contains("tests of JDK 17.0.19, jtreg stand-in")
                .doesNotContain("differs");
    }

    @Test
    void testThatAlwaysDiffersIsPrintedAndEndsWithStatusOne() throws Exception {
        FreshCopy copy = copyWithSuite("jtreg-differs");
        writeStandIn(
                copy,
                STEADY,
                "if [ -n \"$agent\" ]",
                "then echo 'java/net/Broken.java#id0  Failed. Execution failed'",
                "else echo 'java/net/Broken.java#id0  Passed. Execution successful'",
                "fi");

        Output output = jtreg(copy);

        assertThat(output.status()).as("%s", output).isEqualTo(1);
        assertThat(output.out())
                .contains("differs: java/net/Broken.java#id0: passed without, failed with the agent")
                .contains("again, 3 of 3: java/net/Broken.java#id0: passed without, failed with the agent")
                .contains("java/net/Broken.java#id0: differs in each of 3 repetitions")
                .contains("| java/net | 2 | 1 | 0 | 0 | 1 | 1 |");
    }

    @Test
    void testThatDiffersOnceIsPrintedAndEndsWithStatusZero() throws Exception {
        FreshCopy copy = copyWithSuite("jtreg-once");
        writeStandIn(
                copy,
                STEADY,
                "if [ -n \"$agent\" ] && mkdir \"$JTREG_WORK/failed\" 2>/dev/null",
                "then echo 'java/net/Unsteady.java  Failed. Timeout'",
                "else echo 'java/net/Unsteady.java  Passed. Execution successful'",
                "fi");

        Output output = jtreg(copy);

        assertThat(output.status()).as("%s", output).isZero();
        assertThat(output.out())
                .contains("differs: java/net/Unsteady.java: passed without, failed with the agent")
                .contains("again, 1 of 3: java/net/Unsteady.java: passed without, passed with the agent")
                .doesNotContain("differs in each")
                .contains("| java/net | 2 | 1 | 0 | 0 | 1 | 0 |");
    }

    @Test
    void noPassedTestIsNoComparison() throws Exception {
        FreshCopy copy = copyWithSuite("jtreg-nothing");
        writeStandIn(copy, "echo 'java/net/Steady.java  Error. No JDK'");

        Output output = jtreg(copy);

        assertThat(output.status()).as("%s", output).isEqualTo(2);
        assertThat(output.err()).contains("no test passed both ways");
    }

    private static FreshCopy copyWithSuite(String name) throws Exception {
        FreshCopy copy = FreshCopy.empty(name).with("checks/jtreg");
        copy.write("work/suite17/test/jdk/TEST.ROOT", "");
        copy.write(
                "work/suite17/make/conf/version-numbers.conf",
                "DEFAULT_VERSION_FEATURE=17\nDEFAULT_VERSION_INTERIM=0\nDEFAULT_VERSION_UPDATE=19\n");
        return copy;
    }

    private static void writeStandIn(FreshCopy copy, String... results) throws Exception {
        copy.writeScript("path/jtreg", "results() {", String.join("\n", results), "}", STAND_IN);
    }

    private static Output jtreg(FreshCopy copy) throws Exception {
        return copy.shell(
                "checks/jtreg some java/net",
                Map.of(
                        "PATH", path(copy) + ":" + System.getenv().getOrDefault("PATH", "/usr/bin:/bin"),
                        "JTREG_WORK", copy.folder().resolve("work").toString(),
                        "AGENT", TestEnvironment.agentJar().toString()));
    }

    private static String path(FreshCopy copy) {
        return copy.folder().resolve("path").toString();
    }
}
