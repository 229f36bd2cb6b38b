// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import io.github.sockblame.agent.diagnosis.site.CleanerCloseCollector;
import io.github.sockblame.agent.diagnosis.site.ClosedRowAttribution;
import io.github.sockblame.agent.diagnosis.site.FlowCounter;
import io.github.sockblame.agent.diagnosis.site.ReportListeners;
import io.github.sockblame.agent.diagnosis.site.ReportRows;
import io.github.sockblame.agent.diagnosis.site.SiteGrouping;
import io.github.sockblame.agent.diagnosis.site.StackTable;
import io.github.sockblame.agent.diagnosis.verdict.Examiner;
import io.github.sockblame.agent.diagnosis.verdict.Judgement;
import io.github.sockblame.agent.join.JoinedSocket;
import io.github.sockblame.report.AfterClose;
import io.github.sockblame.report.ClosedByCleaner;
import io.github.sockblame.report.Listener;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.SocketRow;
import io.github.sockblame.report.Stack;
import io.github.sockblame.report.Totals;
import io.github.sockblame.report.Verdict;
import java.time.Instant;
import java.util.List;

/**
 * The result of one reading: totals, sites and the list of sockets.
 *
 * @param totals the sums
 * @param sites the sites, leaks first, largest first
 * @param sockets every socket, by descriptor
 * @param closedByCleaner the sockets that the JDK's Cleaner closed
 * @param stacks the stacks that the others name
 * @param listeners every listening TCP socket, by descriptor
 * @param afterClose the remains of closed connections
 * @param excludedSockets how many deserve attention and are in no site, because of the options include and exclude
 */
public record Diagnosis(
        Totals totals,
        List<Site> sites,
        List<Socket> sockets,
        ClosedByCleaner closedByCleaner,
        List<Stack> stacks,
        List<Listener> listeners,
        AfterClose afterClose,
        int excludedSockets) {

    /** Diagnoses one reading: judges each socket, groups those with a verdict into sites, and counts. */
    public static Diagnosis of(DiagnosisInput input) {
        Instant now = input.now();
        List<JoinedSocket> joined = input.sockets();
        StackTable stacks = new StackTable(input.culprits());
        List<Judgement> judgements = new Examiner(
                        input.listeners(),
                        input.waiting(),
                        input.culprits(),
                        input.closedSiblings(),
                        input.placeCloseStats())
                .examine(joined);
        ReportRows sockets = new ReportRows(joined, judgements, stacks);
        FlowCounter flows = new FlowCounter(sockets, stacks, input.placeCloseStats(), now);
        SiteGrouping grouping = new SiteGrouping(sockets, input.listeners(), stacks);
        int excluded = 0;
        for (int i = 0; i < sockets.size(); i++) {
            SocketRow socket = sockets.row(i);
            if (socket.verdict() != Verdict.NONE) {
                if (input.reportScope().includes(socket, stacks.all())) {
                    grouping.add(i);
                } else {
                    excluded++;
                }
            }
        }
        List<Site> sites = grouping.toSites(now, flows);
        List<Listener> listeners = ReportListeners.of(input.listeners().listeners(), stacks);
        ClosedByCleaner closedByCleaner = CleanerCloseCollector.collect(
                input.cleanerCloses().count(), input.cleanerCloses().latest(), stacks);
        AfterClose afterClose = new ClosedRowAttribution(input.closed(), now.toEpochMilli(), stacks).attribute(flows);
        return new Diagnosis(
                TotalsCounter.count(sockets.rows()),
                sites,
                sockets,
                closedByCleaner,
                stacks.all(),
                listeners,
                afterClose,
                excluded);
    }
}
