// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.site;

import io.github.sockblame.agent.join.AcceptQueuePressure;
import io.github.sockblame.agent.join.JoinedListener;
import io.github.sockblame.agent.join.JoinedSocket;
import io.github.sockblame.agent.kernel.net.InetRow;
import io.github.sockblame.agent.ledger.AcceptStats;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Listener;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Brings listeners into the form of a report. */
public final class ReportListeners {

    private ReportListeners() {}

    /** These listeners, in the same order. */
    public static List<Listener> of(List<JoinedListener> joined, StackTable stacks) {
        List<Listener> listeners = new ArrayList<>(joined.size());
        for (JoinedListener listener : joined) {
            listeners.add(of(listener, stacks));
        }
        return listeners;
    }

    private static Listener of(JoinedListener joined, StackTable stacks) {
        JoinedSocket socket = joined.socket();
        InetRow row = socket.row();
        TrackedSocket tracked = socket.tracked();
        AcceptStats acceptStats = socket.accepts();
        AcceptQueuePressure pressure = joined.pressure();
        return new Listener(
                socket.fd(),
                row == null ? null : row.local(),
                row == null ? null : row.recvQ(),
                acceptStats == null ? null : acceptStats.backlog(),
                joined.limit(),
                acceptStats == null ? null : acceptStats.count(),
                acceptStats == null ? null : acceptStats.perSecond(),
                tracked == null ? null : stacks.event(tracked.opened()),
                acceptStats == null ? null : stacks.event(acceptStats.lastAccept()),
                joined.waiting(),
                joined.siblings(),
                pressure.polls() == 0 ? null : Instant.ofEpochMilli(pressure.sinceMillis()));
    }
}
