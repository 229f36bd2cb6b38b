// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sockblame.report.FileDescriptors;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.Verdict;
import io.github.sockblame.viewer.connect.CannotAnswerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailConditionTest {

    /** 12 leaks, all in CLOSE-WAIT; 40 descriptors of 1,000. */
    private static final SampleReports LEAKING = SampleReports.leaking(SampleReports.bare(1, Verdict.ABANDONED, 12));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "leaks>=12",
                "LEAKS >= 12",
                "leaks>=0",
                "close-wait>=12",
                "CLOSE_WAIT>=1",
                "estab>=0",
                "established>=0",
                "fds>=40",
                "fds>=4%",
                "site-leaks>=12",
                "age>=42s"
            })
    void holds(String condition) throws Exception {
        assertThat(FailCondition.parse(condition).holds(LEAKING.build())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"leaks>=13", "close-wait>=13", "estab>=1", "fds>=41", "fds>=5%", "site-leaks>=13", "age>=43s"})
    void holdsNot(String condition) throws Exception {
        assertThat(FailCondition.parse(condition).holds(LEAKING.build())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "leaks",
                "leaks>1",
                "leaks=1",
                "leaks>=",
                "leaks>=-1",
                "leaks>=1%",
                "leaks>=99999999999",
                "fds>=101%",
                "close-weight>=1",
                "age>=5",
                "leaked>=1",
                "close-wait>=1%",
                "leaks>=1;fds>=1"
            })
    void malformedConditionIsRefused(String text) {
        assertThatThrownBy(() -> FailCondition.parse(text))
                .isInstanceOf(CannotAnswerException.class)
                .hasMessageStartingWith("'" + text + "' is no condition: ")
                .hasMessageContaining("fds>=90%");
    }

    @Test
    void missingFigureCannotBeJudged() throws Exception {
        Report blind = SampleReports.quiet()
                .fileDescriptors(new FileDescriptors(-1, -1))
                .build();
        Report unlimited = SampleReports.quiet()
                .fileDescriptors(new FileDescriptors(40, -1))
                .build();

        assertThatThrownBy(() -> FailCondition.parse("fds>=1").holds(blind))
                .hasMessageContaining("open file descriptors");
        assertThatThrownBy(() -> FailCondition.parse("fds>=90%").holds(unlimited))
                .hasMessageContaining("limit");
        assertThat(FailCondition.parse("fds>=40").holds(unlimited)).isTrue();
    }
}
