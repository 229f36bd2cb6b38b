// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.site;

import static io.github.sockblame.agent.join.JoinFixtures.NOW;
import static io.github.sockblame.agent.join.JoinFixtures.closeWait;
import static io.github.sockblame.agent.join.JoinFixtures.inState;
import static io.github.sockblame.agent.join.JoinFixtures.witness;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.diagnosis.SampleInput;
import io.github.sockblame.agent.diagnosis.verdict.PlaceCloseStats;
import io.github.sockblame.agent.join.JoinFixtures;
import io.github.sockblame.agent.join.JoinedSocket;
import io.github.sockblame.agent.ledger.SampleSocket;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.TcpState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FlowCounterTest {

    private static final String PLACE = "com.acme.Pay.connect:41";
    private static final Frame CLOSING = Frame.of(JoinFixtures.frame("com.acme.Pay.close:90"));

    private final List<JoinedSocket> sockets = List.of(
            closeWait(openedAgo(7, 90_000, PLACE), 1L),
            inState(openedAgo(8, 90_000, PLACE), TcpState.ESTABLISHED),
            inState(openedAgo(9, 10_000, PLACE), TcpState.ESTABLISHED),
            inState(openedAgo(10, 10_000, "com.acme.Other.connect:1"), TcpState.ESTABLISHED));

    @Test
    void everyOpenConnectionOfThePlaceIsCounted() {
        assertThat(flow(sockets, PlaceCloseStats.NONE))
                .isEqualTo(new Site.Flow(3, 3, 0, 1, 0, false, null, 0, 0, null));
    }

    @Test
    void closedConnectionsAreAdded() {
        PlaceCloseStats closes = closes(new PlaceCloseStats.ClosedHere(20, 4, 2, true, CLOSING, 18, 1, 12_000));

        assertThat(flow(sockets, closes))
                .isEqualTo(new Site.Flow(23, 3, 20, 3, 4, true, CLOSING, 18, 1, Duration.ofSeconds(12)));
        assertThat(flow(sockets, closes(new PlaceCloseStats.ClosedHere(20, 4, 2, true, CLOSING, 18, 0, 0))))
                .as("none was closed late")
                .isEqualTo(new Site.Flow(23, 3, 20, 3, 4, true, CLOSING, 18, 0, null));
    }

    @Test
    void aPlaceWithoutFrameHasNoFlow() {
        assertThat(flow(List.of(JoinFixtures.untracked(7, Origin.BEFORE_AGENT, 1L)), PlaceCloseStats.NONE))
                .isNull();
        assertThat(flow(
                        List.of(closeWait(openedAgo(7, 90_000, "java.net.Socket.connect:1"), 1L)),
                        PlaceCloseStats.NONE))
                .isNull();
    }

    private static Site.@Nullable Flow flow(List<JoinedSocket> sockets, PlaceCloseStats closes) {
        List<Site> sites =
                SampleInput.of(sockets).placeCloseStats(closes).diagnose().sites();
        assertThat(sites).hasSize(1);
        return sites.get(0).flow();
    }

    private static PlaceCloseStats closes(PlaceCloseStats.ClosedHere closed) {
        return new PlaceCloseStats(Map.of(Frame.of(JoinFixtures.frame(PLACE)), closed));
    }

    private static TrackedSocket openedAgo(int fd, long millis, String frame) {
        return SampleSocket.of(fd, witness(NOW - millis, frame), null, null, null);
    }
}
