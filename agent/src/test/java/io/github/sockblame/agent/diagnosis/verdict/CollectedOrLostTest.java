// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.verdict;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.capture.AwaitGc;
import io.github.sockblame.agent.capture.WatchedTime;
import io.github.sockblame.agent.join.JoinFixtures;
import io.github.sockblame.agent.join.JoinedSocket;
import io.github.sockblame.agent.ledger.FakeDescriptorAccess;
import io.github.sockblame.agent.ledger.Ledger;
import io.github.sockblame.agent.ledger.LedgerView;
import io.github.sockblame.agent.ledger.TestLedger;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import java.io.FileDescriptor;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Verdicts on descriptors whose Java object is gone, or never was. */
class CollectedOrLostTest {

    private static final long GRACE = 5_000;

    private final FakeDescriptorAccess numbers = new FakeDescriptorAccess();
    private final Ledger ledger = TestLedger.of(numbers);
    private final LedgerView view = new LedgerView(ledger);
    private final FileDescriptor listener = numbers.descriptor(5);
    private final FileDescriptor fd = numbers.descriptor(7);

    @Test
    void unreachableChannelIsCertainLeak() {
        ledger.opened(fd);
        assertThat(AwaitGc.isCollected(ownedAndDropped())).isTrue();
        TrackedSocket socket = requireNonNull(view.at(7));
        long patience = 12 * GRACE;
        assertThat(judge(TcpState.ESTABLISHED, patience).verdict())
                .as("before a round has found it")
                .isEqualTo(Verdict.NONE);
        socket.recordReachability(requireNonNull(socket.opened()).millis());
        assertThat(judge(TcpState.ESTABLISHED, patience - 1).verdict())
                .as("a finalizer may close it")
                .isEqualTo(Verdict.NONE);
        socket.recordReachability(requireNonNull(socket.opened()).millis() + 1);
        Judgement judgement = judge(TcpState.ESTABLISHED, patience);
        assertThat(judgement.verdict()).isEqualTo(Verdict.COLLECTED);
        assertThat(judgement.confidence()).isEqualTo(Confidence.CERTAIN);

        ledger.preClosing(fd);
        assertThat(judge(TcpState.ESTABLISHED, patience).verdict())
                .as("a thread is about to give the number back")
                .isEqualTo(Verdict.NONE);
    }

    @Test
    void aChannelThatIsHeldIsNotCollected() {
        Object channel = new Object();
        try {
            ledger.channelCreated(channel, fd);
            System.gc();
            requireNonNull(view.at(7)).recordReachability(1);
            assertThat(judge(TcpState.ESTABLISHED, 60_000).verdict()).isEqualTo(Verdict.NONE);
        } finally {
            Reference.reachabilityFence(channel);
        }
    }

    @Test
    void aConnectionThatGotNoChannelWasLostByTheJdk() {
        ledger.opened(listener);
        FileDescriptor earlier = numbers.descriptor(6);
        ledger.accepted(listener, earlier);
        ledger.channelCreated(this, earlier);
        ledger.accepted(listener, fd);
        assertThat(judge(TcpState.ESTABLISHED, 0).verdict())
                .as("in the middle of accept")
                .isEqualTo(Verdict.NONE);
        assertThat(judge(TcpState.ESTABLISHED, GRACE).verdict()).isEqualTo(Verdict.LOST);

        ledger.channelCreated(this, fd);
        assertThat(judge(TcpState.ESTABLISHED, 60_000).verdict()).isEqualTo(Verdict.NONE);
    }

    private WeakReference<Object> ownedAndDropped() {
        Object channel = new Object();
        ledger.channelCreated(channel, fd);
        return new WeakReference<>(channel);
    }

    private Judgement judge(TcpState state, long later) {
        TrackedSocket socket = requireNonNull(view.at(7));
        long opened = requireNonNull(socket.opened()).millis();
        JoinedSocket joined = new JoinedSocket(
                7,
                107,
                socket,
                true,
                Origin.OPENED,
                Protocol.TCP,
                state,
                null,
                JoinFixtures.inStateSince(opened),
                null,
                null);
        return SampleJudgement.of(
                joined,
                new Waiting(
                        opened + later,
                        new GracePeriods(Duration.ofMillis(GRACE), Duration.ofMinutes(15)),
                        WatchedTime.WITHOUT_PAUSE));
    }
}
