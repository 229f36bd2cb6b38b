// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

import io.github.sockblame.agent.diagnosis.ClosedConnections;
import io.github.sockblame.agent.diagnosis.Diagnosis;
import io.github.sockblame.agent.diagnosis.EphemeralPortUsage;
import io.github.sockblame.agent.diagnosis.GracePeriods;
import io.github.sockblame.agent.diagnosis.Redaction;
import io.github.sockblame.agent.diagnosis.ReportService;
import io.github.sockblame.agent.kernel.KernelSnapshot;
import io.github.sockblame.agent.kernel.SourceStatus;
import io.github.sockblame.agent.kernel.StateCounts;
import io.github.sockblame.agent.ledger.MonotonicClock;
import io.github.sockblame.agent.ledger.StackCapturer;
import io.github.sockblame.agent.log.InternalErrors;
import io.github.sockblame.report.AgentHealth;
import io.github.sockblame.report.CaptureHealth;
import io.github.sockblame.report.FileDescriptors;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.History;
import io.github.sockblame.report.Hook;
import io.github.sockblame.report.Program;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.Source;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Totals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Makes the reports: it takes a reading, has the diagnosis done, and adds the agent's report on itself. */
final class ReportBuilder implements ReportService {

    /**
     * A clock that is adjusted by its rate alone does not drift so far from the agent's, and two reads of a clock are
     * not so far apart.
     */
    private static final long JUMP_MILLIS = TimeUnit.SECONDS.toMillis(5);

    private static final long RECENT = TimeUnit.SECONDS.toNanos(1);

    private final SnapshotReader snapshotReader;
    private final Surroundings surroundings;
    private final CloseStats closeStats;
    private final LastUseTracker lastUseTracker;
    private final RecentlyClosed recentlyClosed = new RecentlyClosed();
    private final MinuteHistory minuteHistory = new MinuteHistory();
    private final @Nullable Redaction redaction;
    private final @Nullable TraceWriter traceWriter;
    private final LongSupplier nanoTime;
    private @Nullable Report last; // without its sockets
    private long lastNanos;

    ReportBuilder(
            SnapshotReader snapshotReader,
            Surroundings surroundings,
            LastUseTracker lastUseTracker,
            @Nullable TraceWriter traceWriter,
            LongSupplier nanoTime) {
        this.traceWriter = traceWriter;
        this.nanoTime = nanoTime;
        this.snapshotReader = snapshotReader;
        this.surroundings = surroundings;
        this.closeStats = new CloseStats(surroundings);
        this.lastUseTracker = lastUseTracker;
        this.redaction = surroundings.redaction();
    }

    /** Records the sockets that the program has closed since the last time. */
    void noteCloses() {
        snapshotReader.processCloses(
                closeStats, recentlyClosed, surroundings.patience().graceMillis());
    }

    /** Records this minute's figures, once. */
    void noteMinute() {
        snapshotReader.noteMinute(minuteHistory);
    }

    @Override
    public synchronized Report build() {
        try {
            return make();
        } catch (Throwable t) {
            InternalErrors.total(t); // the caller may drop it
            throw t;
        }
    }

    private Report make() {
        noteCloses();
        SnapshotReader.JoinedSnapshot joinedSnapshot = snapshotReader.read();
        KernelSnapshot kernel = joinedSnapshot.kernel();
        Instant now = Instant.ofEpochMilli(MonotonicClock.millis());
        GracePeriods gracePeriods = surroundings.patience();
        Diagnosis diagnosis = Diagnosis.of(
                joinedSnapshot.join().sockets(),
                joinedSnapshot.listening(),
                joinedSnapshot.rescues(),
                now,
                gracePeriods,
                surroundings.culprits(),
                snapshotReader.siblings(),
                closeStats,
                new ClosedConnections(kernel.closedRows(), recentlyClosed.all()),
                surroundings.selection());
        Program program = surroundings.program();
        Report report = Report.builder()
                .schema(Report.SCHEMA)
                .agentVersion(surroundings.version())
                .takenAt(now)
                .grace(gracePeriods.grace())
                .program(program)
                .fileDescriptors(new FileDescriptors(kernel.openDescriptors(), kernel.descriptorLimit()))
                .totals(diagnosis.totals())
                .sites(diagnosis.sites())
                .sockets(diagnosis.sockets())
                .closedByCleaner(diagnosis.rescued())
                .stacks(diagnosis.stacks())
                .agent(new AgentHealth(
                        surroundings.hooks(),
                        sources(kernel),
                        surroundings.internalErrors(),
                        surroundings.lastError(),
                        joinedSnapshot.disagreements(),
                        traceWriter == null ? null : traceWriter.health(),
                        capture(snapshotReader.captures())))
                .listeners(diagnosis.listeners())
                .listenDrops(joinedSnapshot.listening().drops())
                .afterClose(diagnosis.afterClose())
                .ephemeralPorts(EphemeralPortUsage.of(kernel.localPorts()))
                .redacted(false)
                .excludedSockets(diagnosis.leftOut())
                .history(history(now, diagnosis.totals()))
                .build();
        Redaction redacts = redaction;
        report = redacts == null ? report : redacts.of(report);
        last = report.withoutSockets(); // the sockets are most of it, and would stay in memory
        lastNanos = nanoTime.getAsLong();
        return report;
    }

    /** The last hour up to this report; null if it fails, because a report is worth more than its history. */
    private @Nullable History history(Instant now, Totals totals) {
        try {
            minuteHistory.recordReport(now, totals);
            return minuteHistory.toHistory();
        } catch (Throwable t) {
            InternalErrors.total(t);
            return null;
        }
    }

    @Override
    public synchronized Report cached() {
        Report known = last;
        return known != null && nanoTime.getAsLong() - lastNanos < RECENT ? known : build().withoutSockets();
    }

    @Override
    public Map<String, Integer> states() {
        StateCounts counts = new StateCounts();
        int others = snapshotReader.countStates(counts);
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
        lastUseTracker.startWatching(place, MonotonicClock.millis());
        return "looks closer at connections opened at " + place.text()
                + ", for an hour: reports will say who used them last";
    }

    @Override
    public String unwatch(int site) {
        Frame place = openingPlace(site);
        return lastUseTracker.stopWatching(place)
                ? "looks no closer at connections opened at " + place.text()
                : "did not look closer at connections opened at " + place.text();
    }

    @Override
    public List<String> watched() {
        return lastUseTracker.places();
    }

    private synchronized Frame openingPlace(int number) {
        Report report = last;
        if (report == null || number < 1 || number > report.sites().size()) {
            throw new IllegalArgumentException(
                    "no site " + number + " in the latest report" + (report == null ? ": there is none yet" : ""));
        }
        Frame place = report.blamed(report.sites().get(number - 1).opened());
        if (place == null) {
            throw new IllegalArgumentException(
                    "site " + number + " cannot be looked at closer: where it was opened is not known");
        }
        return place;
    }

    @Override
    public String version() {
        return surroundings.version();
    }

    @Override
    public List<Hook> hooks() {
        return surroundings.hooks();
    }

    @Override
    public long internalErrors() {
        return surroundings.internalErrors();
    }

    private static @Nullable CaptureHealth capture(StackCapturer stackCapturer) {
        return stackCapturer.leftOut() == 0
                ? null
                : new CaptureHealth(
                        stackCapturer.share(),
                        stackCapturer.leftOut(),
                        Instant.ofEpochMilli(stackCapturer.firstLeftOutMillis()),
                        Instant.ofEpochMilli(stackCapturer.lastLeftOutMillis()));
    }

    private List<Source> sources(KernelSnapshot kernel) {
        List<Source> sources = new ArrayList<>();
        for (SourceStatus answer : kernel.sources()) {
            sources.add(source(answer));
        }
        sources.add(source(surroundings.states().answer()));
        sources.add(source(surroundings.owners().answer()));
        long clockSetBy = MonotonicClock.wallClockDrift();
        if (Math.abs(clockSetBy) >= JUMP_MILLIS) {
            sources.add(new Source("clock", false, describeClockJump(clockSetBy)));
        }
        String death = surroundings.deathOfWatch();
        if (death != null) {
            sources.add(new Source(
                    "sockblame-watch", false, "the thread died of " + death + ": ages are coarse, and no alert comes"));
        }
        return sources;
    }

    /** Ages are right whatever happens to the clock; times of day are no longer. */
    static String describeClockJump(long millis) {
        return "it was set " + TimeUnit.MILLISECONDS.toSeconds(Math.abs(millis)) + " s "
                + (millis > 0 ? "forward since the agent began, or the machine slept" : "back since the agent began")
                + ": times here are as if it had not";
    }

    private static Source source(SourceStatus answer) {
        return new Source(answer.name(), answer.used(), answer.detail());
    }
}
