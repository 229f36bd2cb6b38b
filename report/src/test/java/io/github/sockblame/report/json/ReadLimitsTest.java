// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleReports;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class ReadLimitsTest {

    private static final long MEGABYTE = 1024 * 1024;

    @Test
    void aLargeHeapReadsTheLargestReport() {
        ReadLimits limits = ReadLimits.of(64L * 1024 * MEGABYTE);

        assertThat(limits.bytes()).isEqualTo(Report.MAX_JSON_BYTES);
        assertThat(limits.tokens()).isEqualTo(Report.MAX_JSON_BYTES / 4);
        assertThat(limits.refusal()).isEqualTo("too large: no report has more than 256 MB or 67108864 JSON tokens");
    }

    @Test
    void aReportHasFewTokensForItsSize() throws Exception {
        String json = ReportJson.write(SampleReports.complete());
        long tokens = 0;
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
            while (parser.nextToken() != null) {
                tokens++;
            }
        }
        assertThat(json.length() / tokens).isGreaterThanOrEqualTo(4);
    }

    @Test
    void aSmallHeapRefusesManyNodesInOneLine() {
        ReadLimits limits = ReadLimits.of(64 * MEGABYTE);
        String nodes = String.join(",", Collections.nCopies(140_000, "{\"a\":{}}"));
        String json = "{\"schema\":\"sockblame/2\",\"x\":[" + nodes + "]}";

        assertThatThrownBy(() -> ReportJson.parse(json, limits))
                .isInstanceOf(ReportFormatException.class)
                .hasMessage("too large: a heap of 64 MB is enough for a report of 16 MB or 671088 JSON tokens;"
                        + " set a larger heap, for example -Xmx4g");
    }

    @Test
    void aSmallHeapReadsASmallReport() throws Exception {
        Report report = SampleReports.rich();

        assertThat(ReportJson.parse(ReportJson.write(report), ReadLimits.of(MEGABYTE))
                        .report())
                .isEqualTo(report);
    }
}
