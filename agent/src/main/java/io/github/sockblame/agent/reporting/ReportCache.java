// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.reporting;

import io.github.sockblame.agent.capture.MonotonicClock;
import io.github.sockblame.agent.kernel.net.StateCounts;
import io.github.sockblame.agent.memory.HeapRoom;
import io.github.sockblame.agent.memory.NoRoomException;
import io.github.sockblame.agent.sampling.LastUseTracker;
import io.github.sockblame.agent.sampling.SocketSampler;
import io.github.sockblame.agent.service.ReportLease;
import io.github.sockblame.agent.service.ReportService;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.Hook;
import io.github.sockblame.report.OpeningFrame;
import io.github.sockblame.report.Reduction;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.ReportDetail;
import io.github.sockblame.report.TcpState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests for reports and figures, one at a time, and keeps the latest report for requests that may have one
 * that is a moment old.
 */
public final class ReportCache implements ReportService {

    private static final long MAX_AGE = TimeUnit.SECONDS.toNanos(1);

    private final ReportBuilder reportBuilder;
    private final ReportRoom room;
    private final SocketSampler sampler;
    private final LastUseTracker lastUseTracker;
    private final ProgramInfo programInfo;
    private final AgentStatus status;
    private final LongSupplier nanoTime;
    private @Nullable Report latest; // without its sockets: they are most of it, and would stay in memory
    private long latestNanos;

    /**
     * Answers with the reports of this builder.
     *
     * @param heapRoom decides before each report how much of it fits
     * @param nanoTime the clock for the age of the latest report
     */
    public ReportCache(
            ReportBuilder reportBuilder,
            HeapRoom heapRoom,
            SocketSampler sampler,
            LastUseTracker lastUseTracker,
            ProgramInfo programInfo,
            AgentStatus status,
            LongSupplier nanoTime) {
        this.reportBuilder = reportBuilder;
        this.room = new ReportRoom(heapRoom);
        this.sampler = sampler;
        this.lastUseTracker = lastUseTracker;
        this.programInfo = programInfo;
        this.status = status;
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized ReportLease lease(ReportDetail most) {
        long sockets = sampler.expectedSockets();
        try {
            return lease(room.choose(most, sockets));
        } catch (NoRoomException e) {
            return lease(room.chooseTotals(sockets)); // the program may have taken the memory while it was in use here
        }
    }

    private ReportLease lease(ReportRoom.Choice choice) {
        try {
            Report report = build(choice);
            latest = report.withoutSockets();
            latestNanos = nanoTime.getAsLong();
            return new ReportLease(report, choice.reservation());
        } catch (Throwable t) {
            choice.reservation().close();
            throw t;
        }
    }

    private Report build(ReportRoom.Choice choice) {
        Reduction reduction = choice.reduction();
        if (choice.detail() == ReportDetail.TOTALS && reduction != null) {
            return reportBuilder.buildTotals(reduction);
        }
        Report report = reportBuilder.build();
        report = choice.detail() == ReportDetail.WHOLE ? report : report.withoutSockets();
        return reduction == null
                ? report
                : report.toBuilder().reduction(reduction).build();
    }

    @Override
    public synchronized Report cached() {
        Report known = latest;
        if (known != null && nanoTime.getAsLong() - latestNanos < MAX_AGE) {
            return known;
        }
        try (ReportLease lease = lease(ReportDetail.SUMMARY)) {
            return lease.report();
        }
    }

    @Override
    public Map<String, Integer> states() {
        StateCounts counts = new StateCounts();
        int others = sampler.countStates(counts);
        Map<String, Integer> byName = new TreeMap<>();
        for (Map.Entry<TcpState, Integer> entry : counts.toMap().entrySet()) {
            byName.put(entry.getKey().name(), entry.getValue());
        }
        if (others > 0) {
            byName.put(NO_STATE, others);
        }
        return byName;
    }

    @Override
    public String watch(int site) {
        Frame place = openingPlace(site);
        lastUseTracker.startTracking(place, MonotonicClock.millis());
        return "records the last use of connections opened at " + place.text()
                + ", for one hour; the next reports show it";
    }

    @Override
    public String unwatch(int site) {
        Frame place = openingPlace(site);
        return lastUseTracker.stopTracking(place)
                ? "stopped recording the last use of connections opened at " + place.text()
                : "did not record the last use of connections opened at " + place.text();
    }

    @Override
    public List<String> lastUsePlaces() {
        return lastUseTracker.places();
    }

    private synchronized Frame openingPlace(int number) {
        Report report = latest;
        if (report == null || number < 1 || number > report.sites().size()) {
            throw new IllegalArgumentException(
                    "no site " + number + " in the latest report" + (report == null ? ": there is none yet" : ""));
        }
        Frame place = OpeningFrame.of(report, report.sites().get(number - 1));
        if (place == null) {
            throw new IllegalArgumentException("site " + number + " cannot be recorded: its opening stack is unknown");
        }
        return place;
    }

    @Override
    public String version() {
        return programInfo.version();
    }

    @Override
    public List<Hook> hooks() {
        return status.hooks();
    }

    @Override
    public long internalErrors() {
        return status.internalErrors();
    }
}
