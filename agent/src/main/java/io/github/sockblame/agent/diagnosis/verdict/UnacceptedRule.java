// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.verdict;

import io.github.sockblame.agent.join.AcceptQueuePressure;
import io.github.sockblame.agent.join.JoinedListener;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Verdict;
import org.jspecify.annotations.Nullable;

/** Judges whether the program accepts the connections of a listener. */
final class UnacceptedRule {

    private UnacceptedRule() {}

    /** The verdict UNACCEPTED; null if the listener has no problem, or if the agent cannot judge it. */
    static @Nullable Judgement judge(JoinedListener listener, Waiting waiting) {
        TrackedSocket tracked = listener.socket().tracked();
        boolean closing = tracked != null && tracked.closing() != null;
        AcceptQueuePressure pressure = listener.pressure();
        Confidence confidence = confidence(pressure, listener.limit() != null, waiting);
        return confidence == null || closing || !listener.socket().stable()
                ? null
                : new Judgement(Verdict.UNACCEPTED, confidence, pressure.sinceMillis());
    }

    /**
     * The certainty that the program does not accept the connections; null if the agent cannot judge it.
     *
     * @param limitKnown whether the queue is certainly near its limit; if not, it is only not empty, and other evidence
     *     is needed
     */
    static @Nullable Confidence confidence(AcceptQueuePressure pressure, boolean limitKnown, Waiting waiting) {
        if (!pressure.isConfirmed() || !waiting.isGraceOver(pressure.sinceMillis())) {
            return null;
        }
        if (limitKnown) {
            Long accepted = pressure.accepted();
            return accepted != null && accepted == 0 ? Confidence.CERTAIN : Confidence.PROBABLE;
        }
        boolean clientsLeft = pressure.isConfirmedByClients() && waiting.isGraceOver(pressure.leftSinceMillis());
        return clientsLeft || pressure.overflows() > 0 ? Confidence.POSSIBLE : null;
    }
}
