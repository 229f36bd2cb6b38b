// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.capture.CallStack;
import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.capture.SampleEvent;
import io.github.sockblame.agent.join.JoinFixtures;
import io.github.sockblame.agent.join.JoinedSocket;
import io.github.sockblame.agent.ledger.SampleSocket;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Event;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EndOfDatagramTest {

    private static final CapturedEvent READ = SampleEvent.of(
            CallStack.of(new StackTraceElement("com.acme.Metrics", "receive", "Metrics.java", 7)),
            "event-loop",
            1,
            1000);

    @Test
    void anEmptyDatagramIsNoEndOfFile() {
        assertThat(eof(Protocol.UDP)).isNull();
        assertThat(eof(Protocol.OTHER)).isNull();
        assertThat(eof(Protocol.UNIX)).isNotNull();
        assertThat(eof(Protocol.TCP)).isNotNull();
    }

    private static @Nullable Event eof(Protocol protocol) {
        TrackedSocket tracked = SampleSocket.of(7, READ, null, READ, null);
        JoinedSocket joined = new JoinedSocket(
                7,
                4711,
                tracked,
                true,
                Origin.OPENED,
                protocol,
                null,
                null,
                JoinFixtures.inStateSince(READ.millis()),
                null,
                null);
        List<Socket> sockets = SampleInput.of(List.of(joined))
                .now(Instant.ofEpochMilli(2000))
                .grace(Duration.ofSeconds(30))
                .diagnose()
                .sockets();
        return sockets.get(0).eof();
    }
}
