// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.verdict;

import io.github.sockblame.agent.join.ConnectOutcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The facts behind the verdict DEAD FD: whether there was a connection, or a connect that failed. */
public final class DeadEvidence {

    private DeadEvidence() {}

    /** The sentences for sockets of one site, by what became of the connect of each. */
    public static List<String> of(List<ConnectOutcome> connects) {
        List<String> lines = new ArrayList<>();
        add(
                lines,
                connects,
                ConnectOutcome.ESTABLISHED,
                "there was a connection, and the kernel has the descriptor in state CLOSE, without a row: reset, or closed"
                        + " on both sides; no read was seen to return -1");
        add(
                lines,
                connects,
                ConnectOutcome.REFUSED,
                "the connect was refused, and there was never a connection: the kernel has the descriptor in state CLOSE,"
                        + " it sent one SYN, and it has no segment size (TCP_MAXSEG) of a peer");
        add(
                lines,
                connects,
                ConnectOutcome.UNANSWERED,
                "the connect timed out, or was refused late, and there was never a connection: the kernel has the"
                        + " descriptor in state CLOSE, it sent the SYN again, and it has no segment size (TCP_MAXSEG) of a"
                        + " peer");
        add(
                lines,
                connects,
                ConnectOutcome.UNKNOWN,
                "there was a connection, or a connect that was refused or timed out, and the kernel has the descriptor in"
                        + " state CLOSE, without a row; no read was seen to return -1");
        return lines;
    }

    private static void add(
            List<String> lines, List<ConnectOutcome> connects, ConnectOutcome outcome, String sentence) {
        int count = Collections.frequency(connects, outcome);
        if (count > 0) {
            lines.add("evidence: " + (count == connects.size() ? "" : "of " + count + " of them: ") + sentence);
        }
    }
}
