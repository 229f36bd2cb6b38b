// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import io.github.sockblame.agent.capture.WatchedTime;
import io.github.sockblame.agent.culprit.CulpritFinders;
import io.github.sockblame.agent.diagnosis.verdict.ClosedSiblings;
import io.github.sockblame.agent.diagnosis.verdict.GracePeriods;
import io.github.sockblame.agent.diagnosis.verdict.PlaceCloseStats;
import io.github.sockblame.agent.diagnosis.verdict.Waiting;
import io.github.sockblame.agent.join.ClosedConnections;
import io.github.sockblame.agent.join.JoinFixtures;
import io.github.sockblame.agent.join.JoinedSocket;
import io.github.sockblame.agent.join.ListenerReport;
import io.github.sockblame.agent.ledger.CleanerCloses;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Builds the input of a diagnosis. What a test does not set is empty; the grace period is five seconds. */
public final class SampleInput {

    private final List<JoinedSocket> sockets;
    private ListenerReport listeners = ListenerReport.NONE;
    private CleanerCloses cleanerCloses = new CleanerCloses();
    private Instant now = Instant.ofEpochMilli(JoinFixtures.NOW);
    private GracePeriods gracePeriods = new GracePeriods(Duration.ofSeconds(5), Duration.ofMinutes(15));
    private ClosedSiblings closedSiblings = ClosedSiblings.NONE;
    private PlaceCloseStats placeCloseStats = PlaceCloseStats.NONE;
    private ClosedConnections closed = ClosedConnections.NONE;
    private ReportScope reportScope = ReportScope.ALL;

    private SampleInput(List<JoinedSocket> sockets) {
        this.sockets = sockets;
    }

    public static SampleInput of(List<JoinedSocket> sockets) {
        return new SampleInput(sockets);
    }

    public SampleInput listeners(ListenerReport newListeners) {
        listeners = newListeners;
        return this;
    }

    public SampleInput cleanerCloses(CleanerCloses newCleanerCloses) {
        cleanerCloses = newCleanerCloses;
        return this;
    }

    public SampleInput now(Instant newNow) {
        now = newNow;
        return this;
    }

    public SampleInput grace(Duration grace) {
        gracePeriods = new GracePeriods(grace, gracePeriods.idle());
        return this;
    }

    public SampleInput closedSiblings(ClosedSiblings newClosedSiblings) {
        closedSiblings = newClosedSiblings;
        return this;
    }

    public SampleInput placeCloseStats(PlaceCloseStats newPlaceCloseStats) {
        placeCloseStats = newPlaceCloseStats;
        return this;
    }

    public SampleInput closed(ClosedConnections newClosed) {
        closed = newClosed;
        return this;
    }

    public SampleInput reportScope(ReportScope newReportScope) {
        reportScope = newReportScope;
        return this;
    }

    public Diagnosis diagnose() {
        return Diagnosis.of(new DiagnosisInput(
                sockets,
                listeners,
                cleanerCloses,
                new Waiting(now.toEpochMilli(), gracePeriods, WatchedTime.WITHOUT_PAUSE),
                CulpritFinders.withKnownLibraries(),
                closedSiblings,
                placeCloseStats,
                closed,
                reportScope));
    }
}
