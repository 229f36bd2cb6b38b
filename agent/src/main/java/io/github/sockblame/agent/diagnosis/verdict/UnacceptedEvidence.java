// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.verdict;

import io.github.sockblame.agent.join.AcceptQueuePressure;
import io.github.sockblame.agent.join.AcceptorThread;
import io.github.sockblame.agent.join.JoinedListener;
import io.github.sockblame.agent.kernel.net.InetRow;
import io.github.sockblame.report.TcpState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The facts behind the verdict UNACCEPTED, for one listener after the other. */
public final class UnacceptedEvidence {

    private UnacceptedEvidence() {}

    /** The sentences for the listeners of one site. */
    public static List<String> of(List<JoinedListener> listeners) {
        List<String> lines = new ArrayList<>();
        for (JoinedListener listener : listeners) {
            InetRow row = listener.socket().row();
            String which =
                    listeners.size() == 1 || row == null ? "" : row.local().text() + ": ";
            lines.add("evidence: " + which + queue(listener));
            String waiting = waiting(listener);
            if (!waiting.isEmpty()) {
                lines.add(which + waiting);
            }
            AcceptorThread acceptorThread = listener.acceptor();
            if (acceptorThread != null && acceptorThread.why() != null) {
                lines.add(which + acceptorThread.why());
            }
        }
        return lines;
    }

    private static String queue(JoinedListener listener) {
        InetRow row = listener.socket().row();
        AcceptQueuePressure pressure = listener.pressure();
        StringBuilder text = new StringBuilder("the accept queue holds ")
                .append(row == null ? "an unknown number" : Long.toString(row.recvQ()));
        if (listener.limit() == null) {
            text.append(", its limit is unknown, and it was not empty in any of ");
        } else {
            text.append(", its limit is ")
                    .append(listener.limit())
                    .append(", and it was at least 80 % full in each of ");
        }
        text.append(pressure.polls()).append(" samples; ");
        Long accepted = pressure.accepted();
        if (accepted == null) {
            text.append("accepts are not counted for this listener");
        } else {
            text.append(accepted == 0 ? "none" : Long.toString(accepted)).append(" was accepted meanwhile");
        }
        if (pressure.overflows() > 0) {
            text.append("; the listeners of the namespace refused ")
                    .append(pressure.overflows())
                    .append(" for lack of room (the kernel has no count for each listener)");
        }
        return text.toString();
    }

    /** The kernel's rows of connections that wait for accept. They have no inode, because they are no files yet. */
    private static String waiting(JoinedListener listener) {
        Map<TcpState, Integer> rows = listener.waiting();
        if (rows == null) {
            return "the waiting clients could not be counted";
        }
        int established = rows.getOrDefault(TcpState.ESTABLISHED, 0);
        int left = rows.getOrDefault(TcpState.CLOSE_WAIT, 0);
        if (established + left == 0) {
            return "";
        }
        Integer siblings = listener.siblings();
        return "waiting on its address (inode 0): " + established + " in ESTAB, " + left + " in CLOSE-WAIT"
                + (left > 0 ? ", whose clients gave up before they were accepted" : "")
                + (siblings != null && siblings > 0 ? "; " + siblings + " more listen there and share them" : "");
    }
}
