// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.FileDescriptors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "17 | 20000 | 17 of 20,000",
                "-1 | 20000 | an unknown number of 20,000",
                "17 | -1    | 17",
                "-1 | -1    | an unknown number of"
            })
    void openDescriptorsPrecedeTheirNoun(long open, long limit, String text) {
        assertThat(AlertText.openDescriptors(new FileDescriptors(open, limit))).isEqualTo(text);
    }
}
