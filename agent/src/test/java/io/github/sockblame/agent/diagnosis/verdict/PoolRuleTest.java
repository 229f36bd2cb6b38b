// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.verdict;

import static io.github.sockblame.agent.join.JoinFixtures.NOW;
import static io.github.sockblame.agent.join.JoinFixtures.closeWait;
import static io.github.sockblame.agent.join.JoinFixtures.inState;
import static io.github.sockblame.agent.join.JoinFixtures.socket;
import static io.github.sockblame.agent.join.JoinFixtures.witness;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.diagnosis.Diagnosis;
import io.github.sockblame.agent.diagnosis.SampleInput;
import io.github.sockblame.agent.join.JoinFixtures;
import io.github.sockblame.agent.join.JoinedSocket;
import io.github.sockblame.agent.ledger.SampleSocket;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolRuleTest {

    private final List<JoinedSocket> sockets = new ArrayList<>();

    private int mostEstablished;

    @Test
    void staleConnectionsNeverExceedPeak() {
        String[] pooled = {
            "java.net.Socket.connect:1", "com.zaxxer.hikari.pool.PoolBase.newConnection:3", "com.acme.Db.query:7"
        };
        for (int i = 0; i < 3; i++) {
            // each opened after the one before had ended
            CapturedEvent opened = witness(NOW - 300_000 + i * 20_000L, pooled);
            JoinedSocket ended = closeWait(SampleSocket.of(7 + i, opened, null, null, null), i == 2 ? 25L : 1L);
            sockets.add(since(ended, NOW - 290_000 + i * 20_000L));
        }
        assertThat(diagnose().sites()).extracting(Site::verdict).containsExactly(Verdict.ABANDONED);
        mostEstablished = 2;
        assertThat(diagnose().sites()).extracting(Site::verdict).containsExactly(Verdict.ABANDONED);
        mostEstablished = 3;
        assertThat(diagnose().sites()).extracting(Site::verdict).containsExactly(Verdict.STALE);
        assertThat(diagnose().totals().leaked()).isZero();

        mostEstablished = 0;
        sockets.add(inState(socket(10, null, pooled), TcpState.ESTABLISHED));
        sockets.add(inState(socket(11, null, pooled), TcpState.ESTABLISHED));
        sockets.add(inState(socket(12, null, pooled), TcpState.ESTABLISHED));
        assertThat(diagnose().sites())
                .as("as many are open now")
                .extracting(Site::verdict)
                .containsExactly(Verdict.STALE);
    }

    @Test
    void thoseThatLayInThePoolTogetherWereOpenTogether() {
        for (int fd = 7; fd < 10; fd++) {
            sockets.add(closeWait(socket(fd, null, "okhttp3.internal.connection.RealConnection.connect:3"), 1L));
        }

        assertThat(diagnose().sites()).extracting(Site::verdict).containsExactly(Verdict.STALE);
    }

    private static JoinedSocket since(JoinedSocket socket, long millis) {
        return new JoinedSocket(
                socket.fd(),
                socket.inode(),
                socket.tracked(),
                true,
                socket.origin(),
                socket.protocol(),
                socket.state(),
                socket.row(),
                JoinFixtures.inStateSince(millis),
                null,
                null);
    }

    @Test
    void unreadDataOrOwnCodeIsNoPool() {
        mostEstablished = 9;
        String[] pooled = {"com.zaxxer.hikari.pool.PoolBase.newConnection:3", "com.acme.Db.query:7"};
        sockets.add(closeWait(socket(7, null, pooled), 161L));
        sockets.add(closeWait(socket(8, null, "com.acme.Own.connect:3"), 1L));
        assertThat(diagnose().sites()).extracting(Site::verdict).containsOnly(Verdict.ABANDONED);

        sockets.add(closeWait(socket(9, null, pooled), 118L));
        assertThat(diagnose().sites()).extracting(Site::verdict).contains(Verdict.STALE);
    }

    private Diagnosis diagnose() {
        return SampleInput.of(sockets).mostEstablished(mostEstablished).diagnose();
    }
}
