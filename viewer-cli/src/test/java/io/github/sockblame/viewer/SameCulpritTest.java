// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleCulprit;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.text.LeaksText;
import io.github.sockblame.report.text.TextStyle;
import io.github.sockblame.viewer.command.ListTable;
import io.github.sockblame.viewer.diff.Comparison;
import io.github.sockblame.viewer.diff.ComparisonText;
import io.github.sockblame.viewer.html.HtmlPage;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Text, list, page and diff name one culprit; the rows of the live screen and the alerts are held to the same samples beside their code. */
class SameCulpritTest {

    private static final Pattern OWN = Pattern.compile("com\\.acme\\.Code\\.\\w+\\(Code\\.java:\\d+\\)");

    @ParameterizedTest
    @MethodSource("io.github.sockblame.report.SampleCulprit#all")
    void everyOutputNamesTheSameFrame(SampleCulprit sample) {
        Report report = sample.report();

        assertThat(firstOwnFrame(LeaksText.of(report))).as("text").isEqualTo(sample.frame());
        assertThat(firstOwnFrame(ListTable.text(report, report.sockets(), TextStyle.PLAIN)))
                .as("list")
                .isEqualTo(sample.frame());
        assertThat(HtmlPage.of(report)).as("page").contains("\"blamed\":\"" + sample.frame() + "\"");
        assertThat(firstOwnFrame(diff(SampleReports.quiet().build(), report)))
                .as("diff, new")
                .isEqualTo(sample.frame());
        assertThat(firstOwnFrame(diff(report, SampleReports.quiet().build())))
                .as("diff, gone")
                .isEqualTo(sample.frame());
    }

    private static String diff(Report before, Report after) {
        return ComparisonText.of(Comparison.of(before, after), TextStyle.PLAIN);
    }

    private static String firstOwnFrame(String text) {
        return OWN.matcher(text).results().map(MatchResult::group).findFirst().orElse("none");
    }
}
