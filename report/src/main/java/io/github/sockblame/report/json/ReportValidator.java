// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.json;

import io.github.sockblame.report.EphemeralPorts;
import io.github.sockblame.report.History;
import io.github.sockblame.report.Reduction;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.ReportDetail;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.StackIndexes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses a report whose parts do not fit together, so that later code can rely on every index and every value. */
final class ReportValidator {

    private ReportValidator() {}

    static void check(Report report) throws ReportFormatException {
        int stacks = report.stacks().size();
        checkStacks(StackIndexes.besideSockets(report), stacks);
        int sites = report.sites().size();
        for (Socket socket : report.sockets()) {
            checkStacks(StackIndexes.of(socket), stacks);
            Integer site = socket.site();
            if (site != null && (site < 1 || site > sites)) {
                throw new ReportFormatException(
                        "a damaged report: descriptor " + socket.fd() + " names site " + site + " of " + sites);
            }
        }
        checkNumbers(report.sites());
        checkHistory(report.history());
        checkReduction(report);
        checkPorts(report.ephemeralPorts());
        ValueBounds.check(report);
    }

    private static void checkPorts(@Nullable EphemeralPorts ports) throws ReportFormatException {
        if (ports != null && ports.first() > ports.last()) {
            throw new ReportFormatException(
                    "a damaged report: its ephemeral ports are " + ports.first() + " to " + ports.last());
        }
    }

    private static void checkReduction(Report report) throws ReportFormatException {
        Reduction reduction = report.reduction();
        if (reduction == null) {
            return;
        }
        if (reduction.detail() == ReportDetail.WHOLE || reduction.neededBytes() < 0 || reduction.freeBytes() < 0) {
            throw new ReportFormatException("a damaged report: its reduction is " + reduction);
        }
        if (!report.sockets().isEmpty()
                || (!report.hasVerdicts() && !report.sites().isEmpty())) {
            throw new ReportFormatException("a damaged report: it has parts that its reduction leaves out");
        }
    }

    private static void checkHistory(@Nullable History history) throws ReportFormatException {
        if (history == null) {
            return;
        }
        List<History.Sample> samples = history.samples();
        if (history.periodSeconds() < 1 || samples.size() > History.MOST_READ) {
            throw new ReportFormatException("a damaged report: its history has " + samples.size() + " samples of "
                    + history.periodSeconds() + " seconds");
        }
        for (int i = 1; i < samples.size(); i++) {
            if (samples.get(i).at().isBefore(samples.get(i - 1).at())) {
                throw new ReportFormatException("a damaged report: its history is not in the order of time");
            }
        }
    }

    private static void checkNumbers(List<Site> sites) throws ReportFormatException {
        for (int i = 0; i < sites.size(); i++) {
            if (sites.get(i).number() != i + 1) {
                throw new ReportFormatException("a damaged report: its sites are not numbered in order");
            }
        }
    }

    private static void checkStacks(List<Integer> named, int stacks) throws ReportFormatException {
        for (int stack : named) {
            if (stack < 0 || stack >= stacks) {
                throw new ReportFormatException("a damaged report: it names stack " + stack + " of " + stacks);
            }
        }
    }
}
