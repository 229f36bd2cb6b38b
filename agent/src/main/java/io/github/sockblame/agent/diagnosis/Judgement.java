// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import io.github.sockblame.agent.ledger.CapturedEvent;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A verdict and how sure it is.
 *
 * @param sinceMillis since when the socket is known to be in its state, in milliseconds since the epoch; 0 if it has none
 */
record Judgement(Verdict verdict, Confidence confidence, long sinceMillis) {

    /** Judges one socket: first by what its descriptor is, whatever its TCP state; then by the connection. */
    static Judgement of(JoinedSocket socket, long nowMillis, GracePeriods gracePeriods) {
        TrackedSocket tracked = socket.tracked();
        Judgement ofDescriptor =
                tracked == null || !socket.stable() ? null : ofDescriptor(tracked, nowMillis, gracePeriods);
        if (ofDescriptor != null) {
            return ofDescriptor;
        }
        if (!socket.stable() || socket.origin() == Origin.DUPLICATE || socket.state() == null) {
            return new Judgement(Verdict.NONE, Confidence.CERTAIN, socket.sinceMillis());
        }
        return new ConnectionRules(socket, nowMillis, gracePeriods).judge(socket.state());
    }

    /** What is the matter with the descriptor whatever its TCP state; null if nothing is. */
    private static @Nullable Judgement ofDescriptor(TrackedSocket socket, long nowMillis, GracePeriods gracePeriods) {
        CapturedEvent opened = socket.opened();
        CapturedEvent closing = socket.closing();
        if (socket.isPreClosed()) {
            return null; // what the kernel shows is the JDK's marker, and a blocked thread is about to give the number
            // back
        }
        if (socket.isUnreachable()) {
            long since = closing != null ? closing.millis() : opened != null ? opened.millis() : nowMillis;
            return new Judgement(Verdict.COLLECTED, Confidence.CERTAIN, since);
        }
        if (closing != null) {
            boolean zombie = nowMillis - closing.millis() >= gracePeriods.graceMillis();
            return new Judgement(zombie ? Verdict.ZOMBIE : Verdict.NONE, Confidence.CERTAIN, closing.millis());
        }
        if (socket.isChannelMissing() && opened != null && nowMillis - opened.millis() >= gracePeriods.graceMillis()) {
            return new Judgement(Verdict.LOST, Confidence.CERTAIN, opened.millis());
        }
        return null;
    }
}
