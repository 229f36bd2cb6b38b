// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.capture.MonotonicClock;
import io.github.sockblame.agent.kernel.SocketStateReader;
import io.github.sockblame.agent.kernel.net.StateCounts;
import io.github.sockblame.agent.ledger.AcceptStats;
import io.github.sockblame.agent.ledger.LedgerView;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.TcpState;
import java.util.Map;

/**
 * Samples the state of every socket between two readings, without any file.
 *
 * <p>Only {@link SocketSampler} uses it, in its lock.
 */
final class StateSampler {

    private final LedgerView ledger;
    private final SocketStateReader states;
    private final StateHistory history;
    private final SnapshotReader snapshotReader;
    private final SamplingRound round;
    private boolean hasNewListeners;

    StateSampler(
            LedgerView ledger,
            SocketStateReader states,
            StateHistory history,
            SnapshotReader snapshotReader,
            SamplingRound round) {
        this.ledger = ledger;
        this.states = states;
        this.history = history;
        this.snapshotReader = snapshotReader;
        this.round = round;
    }

    /** Does a round of sampling. */
    void sample() {
        snapshotReader.dropClosed();
        hasNewListeners = false;
        long now = MonotonicClock.millis();
        long nanos = System.nanoTime();
        history.beginRound();
        round.begin(now);
        for (TrackedSocket socket : ledger.sockets()) {
            sampleAccepts(socket, nanos);
            CapturedEvent eof = socket.eof(); // before the state: the FIN of the peer is older than its EOF
            TcpState state = states.stateOf(socket.fd());
            if (state != null && ledger.at(socket.fd()) == socket) {
                if (eof != null && state.isBeforePeerFin()) {
                    socket.discardEof(eof);
                }
                round.observe(socket, state, history.observe(socket.fd(), socket, state, null, now));
            } else {
                round.observeWithoutState(socket);
            }
        }
        for (Map.Entry<Integer, Long> entry : snapshotReader.untracked().entrySet()) {
            TcpState state = states.stateOf(entry.getKey());
            if (ledger.at(entry.getKey()) == null) {
                if (state != null) {
                    history.observe(entry.getKey(), entry.getValue(), state, now);
                }
                round.observeUntracked(state); // one without a state is no TCP socket, or was closed since
            }
        }
        if (states.isAvailable()) { // otherwise only a reading has the states
            history.endRound();
            round.end();
        }
    }

    private void sampleAccepts(TrackedSocket socket, long nanos) {
        AcceptStats acceptStats = socket.accepts();
        if (acceptStats != null) {
            acceptStats.updateRate(nanos);
            hasNewListeners |= !socket.isPreClosed() && !snapshotReader.hasInodeOf(socket);
        }
    }

    /** Returns whether the latest sampling found a listener that no reading has found. */
    boolean hasNewListeners() {
        return hasNewListeners;
    }

    /** A reading has found all listeners. */
    void clearNewListeners() {
        hasNewListeners = false;
    }

    /**
     * Reads the state of each tracked socket now. It needs no lock.
     *
     * @param counts takes the states
     * @return how many are no TCP sockets, or did not answer
     */
    int countStates(StateCounts counts) {
        int others = 0;
        for (TrackedSocket socket : ledger.sockets()) {
            TcpState state = states.stateOf(socket.fd());
            if (ledger.at(socket.fd()) != socket) {
                continue; // it was closed meanwhile, and the answer may be of another socket
            }
            if (state == null) {
                others++;
            } else {
                counts.add(state);
            }
        }
        return others;
    }
}
