// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.AgentHealth;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.json.ReportJson;
import io.github.sockblame.report.text.LeaksText;
import java.lang.reflect.RecordComponent;
import org.junit.jupiter.api.Test;

class RehearsalReportTest {

    @Test
    void everyPartIsThereAndFewOfEach() throws Exception {
        Report report = RehearsalReport.make();
        for (RecordComponent part : Report.class.getRecordComponents()) {
            if (!part.getName().equals("reduction")) { // a whole report has none
                assertThat(part.getAccessor().invoke(report)).as(part.getName()).isNotNull();
            }
        }
        for (RecordComponent part : AgentHealth.class.getRecordComponents()) {
            assertThat(part.getAccessor().invoke(report.agent()))
                    .as(part.getName())
                    .isNotNull();
        }
        assertThat(report.sockets()).hasSize(1);
        assertThat(ReportJson.write(report)).hasSizeLessThan(8 * 1024);
        assertThat(LeaksText.of(report)).contains("FORGOTTEN", "ABANDONED", "IDLE", "too early to judge");
    }

    @Test
    void theReportIsValid() throws Exception {
        Report report = RehearsalReport.make();
        assertThat(ReportJson.read(ReportJson.write(report))).isEqualTo(report);
    }
}
