// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Hook;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleJson;
import io.github.sockblame.report.SampleReports;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportJsonTest {

    @Test
    void readsWhatItWrote() throws ReportFormatException {
        Report report = SampleReports.rich();
        String json = ReportJson.write(report);

        assertThat(ReportJson.read(json)).isEqualTo(report);
        assertThat(ReportJson.read(SampleJson.stream(json))).isEqualTo(report);
        assertThat(json).doesNotContain("\n").startsWith("{").endsWith("}");
    }

    @Test
    void readsAReportWithNothingInIt() throws ReportFormatException {
        Report report = SampleReports.quiet().stacks().build();

        assertThat(ReportJson.read(ReportJson.write(report))).isEqualTo(report);
    }

    @Test
    void keepsWhateverANameHolds() throws ReportFormatException {
        String hostile = "\u001b]0;x\u0007 \"\\ \n \u2028 \ud83d\ude00 </script>";
        Report report = SampleReports.quiet()
                .program(SampleReports.program(hostile, false))
                .build();

        assertThat(ReportJson.read(ReportJson.write(report)).program().name()).isEqualTo(hostile);
    }

    @Test
    void writesTimesAndStatesForOtherReadersToo() {
        assertThat(ReportJson.write(SampleReports.rich()))
                .contains("\"schema\":\"sockblame/2\"")
                .contains("\"takenAt\":\"2026-03-01T12:00:00.123456789Z\"")
                .contains("\"grace\":\"PT5.5S\"")
                .contains("\"CLOSE_WAIT\":3")
                .contains("\"UDP\":1")
                .contains(
                        "\"history\":{\"periodSeconds\":60,\"samples\":[{\"at\":\"2026-03-01T11:58:50.123456789Z\",\"sockets\":4,"
                                + "\"leaked\":null,\"byState\":{\"CLOSE_WAIT\":2},\"descriptors\":null},");
    }

    @Test
    void unknownFieldsAreSkipped() throws ReportFormatException {
        assertThat(ReportJson.read(SampleJson.with("/program/mood", "{\"good\":[1,2]}")))
                .isEqualTo(SampleReports.rich());
        assertThat(ReportJson.read(SampleJson.with("/sites/0/color", "\"red\"")))
                .isEqualTo(SampleReports.rich());
    }

    @Test
    void doesNotCloseTheStream() throws ReportFormatException {
        boolean[] closed = new boolean[1];
        InputStream stream =
                new ByteArrayInputStream(ReportJson.write(SampleReports.rich()).getBytes(StandardCharsets.UTF_8)) {
                    @Override
                    public void close() {
                        closed[0] = true;
                    }
                };
        ReportJson.read(stream);

        assertThat(closed[0]).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/totals/byProtocol",
                "/sites/0/eof",
                "/sites/0/recvQ",
                "/sites/0/current",
                "/listeners",
                "/listenDrops",
                "/afterClose",
                "/ephemeralPorts",
                "/afterClose/sites/0/remote",
                "/afterClose/sites/1/localPort",
                "/afterClose/sites/0/open",
                "/afterClose/sites/0/medianLifetime",
                "/afterClose/sites/0/opened",
                "/afterClose/sites/0/closing",
                "/listeners/0/local",
                "/listeners/0/queue",
                "/listeners/0/backlog",
                "/listeners/0/limit",
                "/listeners/0/accepted",
                "/listeners/0/acceptedPerSecond",
                "/listeners/0/opened",
                "/listeners/0/lastAccept",
                "/listeners/0/waiting",
                "/listeners/0/siblings",
                "/listeners/0/fullSince",
                "/sockets/0/state",
                "/sockets/0/site",
                "/agent/lastError",
                "/redacted",
                "/excludedSockets",
                "/history",
                "/history/samples/1/leaked",
                "/agent/trace",
                "/agent/trace/endReason"
            })
    void readsAReportWithoutAFieldThatMayBeNull(String place) throws ReportFormatException {
        assertThat(ReportJson.read(SampleJson.without(place)))
                .isEqualTo(ReportJson.read(SampleJson.with(place, "null")));
    }

    @Test
    void readsWhatASocketMayLack() throws ReportFormatException {
        Report report = ReportJson.read(ReportJson.write(SampleReports.rich()));

        assertThat(report.sockets()).isEqualTo(SampleReports.rich().sockets());
        assertThat(report.sockets().get(1).opened()).isNull();
        assertThat(report.sites().get(1).recvQ()).isNull();
        assertThat(report.agent().hooks()).extracting(Hook::detail).containsExactly(null, "no such method");
        assertThat(List.copyOf(report.stacks().get(2).frames()).get(0).file()).isNull();
    }
}
