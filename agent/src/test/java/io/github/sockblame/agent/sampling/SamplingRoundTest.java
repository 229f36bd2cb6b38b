// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.capture.AwaitGc;
import io.github.sockblame.agent.capture.MonotonicClock;
import io.github.sockblame.agent.join.StateTimes;
import io.github.sockblame.agent.ledger.FakeDescriptorAccess;
import io.github.sockblame.agent.ledger.FakeProbe;
import io.github.sockblame.agent.ledger.Ledger;
import io.github.sockblame.agent.ledger.LedgerView;
import io.github.sockblame.agent.ledger.TestLedger;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.TcpState;
import java.io.FileDescriptor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SamplingRoundTest {

    private static final long GRACE = 3000;
    private static final long NOW = 1_000_000;

    private final FakeDescriptorAccess numbers = new FakeDescriptorAccess();
    private final FakeProbe probe = new FakeProbe();
    private final Ledger ledger = TestLedger.of(numbers, probe);
    private final LedgerView view = new LedgerView(ledger);
    private final FileDescriptor fd = numbers.descriptor(7);
    private final RecordingObserver first = new RecordingObserver();
    private final RecordingObserver second = new RecordingObserver();
    private final SamplingRound round = new SamplingRound(view, GRACE, List.of(first, second));
    private TrackedSocket socket;

    @BeforeEach
    void open() {
        ledger.opened(fd);
        socket = requireNonNull(view.at(7));
        round.begin(NOW);
    }

    @Test
    void allObserversReceiveTheSameRound() {
        round.observe(socket, TcpState.ESTABLISHED, since(NOW - 60_000, true));
        round.observeUntracked(TcpState.LISTEN);
        round.end();

        assertThat(first.calls).containsExactly("begin", "7 ESTABLISHED -1", "- LISTEN -1", "end 1000000");
        assertThat(second.calls).isEqualTo(first.calls);
    }

    @Test
    void aSocketInCloseWaitIsASuspectOnceTheGraceIsOver() {
        round.observe(socket, TcpState.CLOSE_WAIT, since(NOW - GRACE + 1, true));
        round.observe(socket, TcpState.CLOSE_WAIT, since(NOW - GRACE, true));

        assertThat(first.calls).containsExactly("begin", "7 CLOSE_WAIT -1", "7 CLOSE_WAIT 3000");
    }

    @Test
    void aSocketInCloseIsASuspectIfItWasConnected() {
        round.observe(socket, TcpState.CLOSE, since(NOW - 60_000, false));
        round.observe(socket, TcpState.CLOSE, since(NOW - 60_000, true));

        assertThat(first.calls).containsExactly("begin", "7 CLOSE -1", "7 CLOSE 60000");
    }

    @Test
    void anEofCountsFromItsOwnTimeWhateverTheState() {
        ledger.eofRead(fd);
        long eof = requireNonNull(socket.eofOrCloseNotify()).millis();
        round.begin(eof + 5000);
        round.observe(socket, TcpState.ESTABLISHED, since(eof + 4999, true));
        round.observe(socket, null, since(0, false));

        assertThat(first.calls).endsWith("7 ESTABLISHED 5000", "7 null 5000");
    }

    @Test
    void aRoundRecordsThatAChannelIsGone() {
        ledger.channelCreated(new Object(), fd);
        assertThat(AwaitGc.until(socket::isUnreachable)).isTrue();
        round.observe(socket, TcpState.ESTABLISHED, since(NOW, true));
        round.begin(NOW + 5000);
        round.observeWithoutState(socket);

        assertThat(socket.unreachableSince()).isEqualTo(NOW);
    }

    @Test
    void aTrackedSocketWithoutAnAnswerIsCountedAlone() {
        round.observeWithoutState(socket);
        ledger.closed(fd);
        round.observeWithoutState(socket); // it was closed meanwhile

        assertThat(first.calls).containsExactly("begin", "- null -1");
    }

    @Test
    void leakStateEnablesIoEvents() {
        round.observe(socket, TcpState.CLOSE_WAIT, since(MonotonicClock.millis(), true));
        round.end();
        assertThat(probe.ioEventsEnabled()).as("also before the grace is over").isTrue();

        round.begin(NOW);
        round.observe(socket, TcpState.ESTABLISHED, since(NOW, true));
        round.end();
        assertThat(probe.ioEventsEnabled()).isFalse();

        ledger.eofRead(fd);
        round.begin(NOW);
        round.observeWithoutState(socket);
        round.end();
        assertThat(probe.ioEventsEnabled()).isTrue();
    }

    private static StateTimes since(long millis, boolean connected) {
        return new StateTimes(millis, connected, 0, 0);
    }

    /** Writes down what it receives. */
    private static final class RecordingObserver implements RoundObserver {

        final List<String> calls = new ArrayList<>();

        @Override
        public void beginRound() {
            calls.add("begin");
        }

        @Override
        public void observe(@Nullable TrackedSocket socket, @Nullable TcpState state, long suspectMillis) {
            calls.add((socket == null ? "-" : socket.fd()) + " " + state + " " + suspectMillis);
        }

        @Override
        public void endRound(long nowMillis) {
            calls.add("end " + nowMillis);
        }
    }
}
