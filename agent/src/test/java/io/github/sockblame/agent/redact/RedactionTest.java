// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.redact;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.json.ReportFormatException;
import io.github.sockblame.report.json.ReportJson;
import org.junit.jupiter.api.Test;

class RedactionTest {

    private final Redaction redaction = new Redaction(new HostPseudonyms(2));

    @Test
    void anEndKeepsItsPort() {
        assertThat(redaction.of(new Endpoint("10.2.3.4", 443))).isEqualTo("host-1:443");
        assertThat(redaction.of(new Endpoint("2001:db8::1", 443))).isEqualTo("host-2:443");
        assertThat(redaction.of(new Endpoint("::1", 443))).isEqualTo("[::1]:443");
        assertThat(redaction.ofThread("to 10.2.3.4")).isEqualTo("to host-1");
    }

    @Test
    void noPartOfAReportKeepsAnAddress() throws ReportFormatException {
        String json = ReportJson.write(SampleReports.complete())
                .replace("worker-", "to 10.9.8.7 ")
                .replace("read returned -1", "10.9.8.7 returned -1");
        assertThat(json).contains("10.2.3.4", "10.2.3.5", "10.0.0.7", "2001:db8::1", "10.9.8.7");

        assertThat(ReportJson.write(redaction.of(ReportJson.read(json))))
                .contains("host-1", "host-2", "\"redacted\":true")
                .doesNotContain("10.2.3.", "10.0.0.7", "2001:db8", "10.9.8.7");
    }

    @Test
    void withoutAnyReportItRemembersNoMoreThanItMay() {
        assertThat(redaction.of(new Endpoint("10.0.0.1", 1))).isEqualTo("host-1:1");
        assertThat(redaction.ofThread("10.0.0.2 10.0.0.3")).isEqualTo("host-2 host-3");

        assertThat(redaction.of(new Endpoint("10.0.0.3", 1))).isEqualTo("host-3:1");
        assertThat(redaction.of(new Endpoint("10.0.0.1", 1))).as("let go of").isEqualTo("host-4:1");
    }
}
