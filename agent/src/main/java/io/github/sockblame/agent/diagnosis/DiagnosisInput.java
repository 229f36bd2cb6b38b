// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import io.github.sockblame.agent.culprit.CulpritFinder;
import io.github.sockblame.agent.diagnosis.verdict.ClosedSiblings;
import io.github.sockblame.agent.diagnosis.verdict.PlaceCloseStats;
import io.github.sockblame.agent.diagnosis.verdict.Waiting;
import io.github.sockblame.agent.join.ClosedConnections;
import io.github.sockblame.agent.join.JoinedSocket;
import io.github.sockblame.agent.join.ListenerReport;
import io.github.sockblame.agent.ledger.CleanerCloses;
import java.time.Instant;
import java.util.List;

/**
 * The values of one reading that a diagnosis needs.
 *
 * @param sockets every socket
 * @param listeners those of them that listen
 * @param cleanerCloses the sockets that were closed by the JDK's Cleaner
 * @param waiting the moment of the reading, and for how long a state has lasted then
 * @param culprits finds the program's own frames
 * @param closedSiblings figures of the closed connections from each place to each remote address
 * @param placeCloseStats figures of the closed connections of each opening place
 * @param closed the remains of closed connections
 * @param reportScope the sockets that may be in sites
 */
public record DiagnosisInput(
        List<JoinedSocket> sockets,
        ListenerReport listeners,
        CleanerCloses cleanerCloses,
        Waiting waiting,
        CulpritFinder culprits,
        ClosedSiblings closedSiblings,
        PlaceCloseStats placeCloseStats,
        ClosedConnections closed,
        ReportScope reportScope) {

    /** The moment of the reading. */
    Instant now() {
        return Instant.ofEpochMilli(waiting.nowMillis());
    }
}
