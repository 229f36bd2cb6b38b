// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Frame;
import io.github.sockblame.report.SampleCulprit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SiteRowTest {

    @ParameterizedTest
    @MethodSource("io.github.sockblame.report.SampleCulprit#all")
    void aRowNamesTheCulpritOfItsSite(SampleCulprit sample) {
        assertThat(SiteRow.of(sample.report(), SortOrder.COUNT, ""))
                .extracting(SiteRow::culprit)
                .singleElement()
                .extracting(Frame::text)
                .isEqualTo(sample.frame());
    }
}
