// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sockblame.report.json.ReportFormatException;
import io.github.sockblame.report.json.ReportJson;
import io.github.sockblame.viewer.fake.FakeAgent;
import io.github.sockblame.viewer.fake.Reports;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ReportPartsTest {

    private final byte[][] parts = new FakeAgent().reportParts();
    private final String json = ReportJson.write(Reports.leaky());

    @Test
    void thePartsAreOneFile() throws ReportFormatException {
        assertThat(parts).hasNumberOfRows(2);
        assertThat(ReportParts.toJson(parts)).isEqualTo(json);
    }

    @Test
    void aFileThatUnpacksToMoreThanAnyReportIsRefused() throws ReportFormatException {
        assertThat(ReportParts.toJson(parts, json.length())).isEqualTo(json);
        assertThatThrownBy(() -> ReportParts.toJson(parts, json.length() - 1))
                .isInstanceOf(ReportFormatException.class)
                .hasMessage("a report of more than " + (json.length() - 1) + " bytes");
    }

    @Test
    void whatIsNoFileIsRefused() {
        byte[][] half = Arrays.copyOf(parts, 1);
        for (byte[][] garbage : new byte[][][] {{}, {{}}, {{1, 2, 3}}, half}) {
            assertThatThrownBy(() -> ReportParts.toJson(garbage))
                    .isInstanceOf(ReportFormatException.class)
                    .hasMessageStartingWith("a report that cannot be unpacked (");
        }
    }
}
