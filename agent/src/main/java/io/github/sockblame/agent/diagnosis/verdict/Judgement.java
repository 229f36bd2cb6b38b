// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.verdict;

import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.join.JoinedSocket;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A verdict with its certainty.
 *
 * @param sinceMillis since when the socket has been in its state, as far as the agent saw, in milliseconds since the
 *     epoch; 0 if it has none
 * @param finding what its siblings show; null if they do not matter
 */
public record Judgement(
        Verdict verdict,
        Confidence confidence,
        long sinceMillis,
        @Nullable SiblingFinding finding) {

    /** By the socket alone. */
    Judgement(Verdict verdict, Confidence confidence, long sinceMillis) {
        this(verdict, confidence, sinceMillis, null);
    }

    /**
     * The same with what its siblings show.
     *
     * @param many whether they are more than a program has pools of one place to one address, or needs at once
     */
    Judgement with(SiblingFinding shown, boolean many) {
        return switch (shown) {
            case PASSED_OVER -> new Judgement(verdict, Confidence.PROBABLE, sinceMillis, shown);
            case OPENED_BY_ONE_THREAD ->
                new Judgement(verdict, many ? Confidence.PROBABLE : Confidence.POSSIBLE, sinceMillis, shown);
            case NONE_CLOSED, PASSED_OVER_AT_HOST, LENT ->
                new Judgement(verdict, Confidence.POSSIBLE, sinceMillis, shown);
            case OPENED_AHEAD, AT_REST -> new Judgement(Verdict.STALE, Confidence.POSSIBLE, sinceMillis, shown);
        };
    }

    /** Judges one socket by these rules: first its descriptor, whatever its TCP state; then the connection. */
    static Judgement of(JoinedSocket socket, Waiting waiting, ConnectionRules rules) {
        TrackedSocket tracked = socket.tracked();
        Judgement ofDescriptor = tracked == null || !socket.stable() ? null : ofDescriptor(tracked, waiting);
        if (ofDescriptor != null) {
            return ofDescriptor;
        }
        if (!socket.stable() || socket.origin() == Origin.DUPLICATE || socket.state() == null) {
            return new Judgement(Verdict.NONE, Confidence.CERTAIN, socket.sinceMillis());
        }
        return rules.judge(socket, socket.state());
    }

    /** The verdict on the descriptor, whatever its TCP state; null if it has no problem. */
    private static @Nullable Judgement ofDescriptor(TrackedSocket socket, Waiting waiting) {
        CapturedEvent opened = socket.opened();
        CapturedEvent closing = socket.closing();
        if (socket.isPreClosed()) {
            return null; // the number holds the JDK's marker, and a blocked thread is about to give it back
        }
        long unreachableSince = socket.unreachableSince();
        if (unreachableSince > 0 && waiting.isPatienceOver(unreachableSince)) {
            long since = closing != null ? closing.millis() : opened != null ? opened.millis() : unreachableSince;
            return new Judgement(Verdict.COLLECTED, Confidence.CERTAIN, since);
        }
        if (closing != null) {
            boolean zombie = waiting.isPatienceOver(closing.millis());
            return new Judgement(zombie ? Verdict.ZOMBIE : Verdict.NONE, Confidence.CERTAIN, closing.millis());
        }
        if (socket.isChannelMissing() && opened != null && waiting.isGraceOver(opened.millis())) {
            return new Judgement(Verdict.LOST, Confidence.CERTAIN, opened.millis());
        }
        return null;
    }
}
