// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.service;

import io.github.sockblame.report.Hook;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.ReportDetail;
import io.github.sockblame.report.SampleReports;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives the report that it was given, and counts how often. */
public final class FixedReportService implements ReportService {

    private Report report = SampleReports.quiet().build();
    private @Nullable Error failure;
    private Runnable whileTaking = () -> {};
    private int taken;

    /** The report from now on. */
    public void give(Report newReport) {
        report = newReport;
    }

    /** From now on none can be taken. */
    public void fail(Error newFailure) {
        failure = newFailure;
    }

    /** What happens while one is taken. */
    public void whileTaking(Runnable happening) {
        whileTaking = happening;
    }

    /** How many were taken, or tried to be. */
    public int taken() {
        return taken;
    }

    @Override
    public ReportLease lease(ReportDetail most) {
        taken++;
        whileTaking.run();
        if (failure != null) {
            throw failure;
        }
        return new ReportLease(most == ReportDetail.WHOLE ? report : report.withoutSockets(), null);
    }

    @Override
    public Report cached() {
        return report;
    }

    @Override
    public Map<String, Integer> states() {
        return Map.of();
    }

    @Override
    public String watch(int site) {
        return "";
    }

    @Override
    public String unwatch(int site) {
        return "";
    }

    @Override
    public List<String> lastUsePlaces() {
        return List.of();
    }

    @Override
    public String version() {
        return "";
    }

    @Override
    public List<Hook> hooks() {
        return List.of();
    }

    @Override
    public long internalErrors() {
        return 0;
    }
}
