// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.verdict;

import static io.github.sockblame.agent.join.JoinFixtures.NOW;
import static io.github.sockblame.agent.join.JoinFixtures.closeWait;
import static io.github.sockblame.agent.join.JoinFixtures.eof;
import static io.github.sockblame.agent.join.JoinFixtures.inState;
import static io.github.sockblame.agent.join.JoinFixtures.opened;
import static io.github.sockblame.agent.join.JoinFixtures.socket;
import static io.github.sockblame.agent.join.JoinFixtures.witness;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.capture.WatchedTime;
import io.github.sockblame.agent.culprit.CulpritFinders;
import io.github.sockblame.agent.join.AcceptQueuePressure;
import io.github.sockblame.agent.join.JoinedListener;
import io.github.sockblame.agent.join.JoinedSocket;
import io.github.sockblame.agent.join.ListenerReport;
import io.github.sockblame.agent.ledger.SampleSocket;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExaminerTest {

    private static final AcceptQueuePressure FULL = new AcceptQueuePressure(NOW - 60_000, 60, 0L, 0, 0, 0);

    private static final String[] POOLED = {
        "java.net.Socket.connect:1", "com.zaxxer.hikari.pool.PoolBase.newConnection:3", "com.acme.Db.query:7"
    };

    @Test
    void judgementsHaveTheOrderOfTheSockets() {
        assertThat(verdicts(
                        ListenerReport.NONE,
                        inState(opened(7), TcpState.ESTABLISHED),
                        closeWait(socket(8, eof(), "com.acme.Pay.connect:41"), 0L),
                        closeWait(socket(9, null, "com.acme.Pay.connect:41"), 9L)))
                .containsExactly(Verdict.NONE, Verdict.FORGOTTEN, Verdict.ABANDONED);
    }

    @Test
    void aPoolIsJudgedByAllOfItsConnections() {
        assertThat(verdicts(ListenerReport.NONE, closeWait(socket(7, null, POOLED), 1L)))
                .as("one that was open alone")
                .containsExactly(Verdict.STALE);
        TrackedSocket later = SampleSocket.of(8, witness(NOW - 50_000, POOLED), null, null, null);
        assertThat(verdicts(ListenerReport.NONE, closeWait(socket(7, null, POOLED), 1L), closeWait(later, 1L)))
                .as("the first had ended when the second was opened, and the pool holds both")
                .containsExactly(Verdict.ABANDONED, Verdict.ABANDONED);
    }

    @Test
    void aListenerIsJudgedByItsQueue() {
        JoinedSocket socket = inState(opened(7), TcpState.LISTEN);
        JoinedListener listener = new JoinedListener(socket, 50, null, null, FULL, null);

        assertThat(verdicts(new ListenerReport(List.of(listener), null), socket))
                .containsExactly(Verdict.UNACCEPTED);
        assertThat(verdicts(ListenerReport.NONE, socket)).containsExactly(Verdict.NONE);
    }

    @Test
    void theVerdictOnADescriptorComesBeforeTheQueue() {
        TrackedSocket closing =
                SampleSocket.of(7, witness(NOW - 90_000, "a.B.c:1"), null, null, witness(NOW - 60_000, "a.B.d:1"));
        JoinedSocket socket = inState(closing, TcpState.LISTEN);
        JoinedListener listener = new JoinedListener(socket, 50, null, null, FULL, null);

        assertThat(verdicts(new ListenerReport(List.of(listener), null), socket))
                .containsExactly(Verdict.ZOMBIE);
    }

    private static List<Verdict> verdicts(ListenerReport listeners, JoinedSocket... sockets) {
        GracePeriods gracePeriods = new GracePeriods(Duration.ofSeconds(5), Duration.ofMinutes(15));
        return new Examiner(
                        listeners,
                        new Waiting(NOW, gracePeriods, WatchedTime.WITHOUT_PAUSE),
                        CulpritFinders.withKnownLibraries(),
                        ClosedSiblings.NONE,
                        PlaceCloseStats.NONE)
                .examine(List.of(sockets)).stream().map(Judgement::verdict).toList();
    }
}
