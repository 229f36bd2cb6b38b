// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestReportsTest {

    private static final Instant BEGUN = Instant.parse("2026-11-29T10:00:00Z");

    @TempDir
    Path root = Path.of("");

    @Test
    void eachTestOfEachModuleHasItsOutcome() throws Exception {
        report("agent/target/surefire-reports/TEST-a.RowsTest.xml", """
                <testcase name="reads" classname="a.RowsTest" time="0.1">
                  <system-out><![CDATA[<failure/>]]></system-out>
                </testcase>
                <testcase name="writes" classname="a.RowsTest"><failure message="no" type="E">at</failure></testcase>
                """);
        report("it/target/failsafe-reports/TEST-a.TopIT.xml", """
                <testcase name="keys(TargetJdk)[1]" classname="a.TopIT">
                  <skipped type="t.Aborted"><![CDATA[t.Aborted: no tmux here
                \tat a.TopIT.keys(TopIT.java:7)
                ]]></skipped>
                </testcase>
                <testcase name="stalls" classname="a.TopIT">
                  <flakyFailure message="late" type="E"><stackTrace>at</stackTrace></flakyFailure>
                </testcase>
                <testcase name="ends" classname="a.TopIT">
                  <error message="no" type="E"/><rerunFailure message="no" type="E"/>
                </testcase>
                """);

        assertThat(TestReports.of(root, BEGUN))
                .containsExactlyInAnyOrder(
                        new TestOutcome("a.RowsTest#reads", false, false, false, null),
                        new TestOutcome("a.RowsTest#writes", false, true, false, null),
                        new TestOutcome("a.TopIT#keys(TargetJdk)[1]", true, false, false, "no tmux here"),
                        new TestOutcome("a.TopIT#stalls", true, false, true, null),
                        new TestOutcome("a.TopIT#ends", true, true, false, null));
    }

    @Test
    void reasonIsTheOneOfTheTest() throws Exception {
        report("it/target/failsafe-reports/TEST-a.TopIT.xml", """
                <testcase name="one" classname="a.TopIT"><skipped type="t.Aborted"><![CDATA[t.Aborted: no JDK: none at all
                \tat a.TopIT.one(TopIT.java:7)
                ]]></skipped></testcase>
                <testcase name="two" classname="a.TopIT"><skipped type="t.Aborted"><![CDATA[t.Aborted: Assumption failed: no zsh
                ]]></skipped></testcase>
                <testcase name="three" classname="a.TopIT"><skipped message="not yet"/></testcase>
                <testcase name="four" classname="a.TopIT"><skipped type="t.Aborted"><![CDATA[t.Aborted
                \tat a.TopIT.four(TopIT.java:7)
                ]]></skipped></testcase>
                """);

        assertThat(TestReports.of(root, BEGUN))
                .extracting(TestOutcome::skipped)
                .containsExactly("no JDK: none at all", "no zsh", "not yet", "no reason given");
    }

    @Test
    void reportOfAnEarlierBuildIsNotRead() throws Exception {
        Path old =
                report("it/target/failsafe-reports/TEST-a.TopIT.xml", "<testcase name=\"one\" classname=\"a.TopIT\"/>");
        Files.setLastModifiedTime(old, FileTime.from(BEGUN.minusSeconds(1)));

        assertThat(TestReports.of(root, BEGUN)).isEmpty();
    }

    @Test
    void fileWithoutReportIsAnError() throws Exception {
        Path cut = report("it/target/failsafe-reports/TEST-a.TopIT.xml", "<testcase");

        assertThatThrownBy(() -> TestReports.of(root, BEGUN))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot read " + cut);
    }

    private Path report(String name, String tests) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        return Files.writeString(file, "<?xml version=\"1.0\"?><testsuite>" + tests + "</testsuite>");
    }
}
