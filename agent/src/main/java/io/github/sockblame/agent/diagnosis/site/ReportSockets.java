// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.site;

import io.github.sockblame.agent.diagnosis.verdict.Judgement;
import io.github.sockblame.agent.join.ActiveThread;
import io.github.sockblame.agent.join.JoinedSocket;
import io.github.sockblame.agent.kernel.net.InetRow;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Socket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Brings judged sockets into the form of a report. */
public final class ReportSockets {

    private ReportSockets() {}

    /**
     * The sockets, without the numbers of their sites.
     *
     * @param judgements one for each socket, in the same order
     */
    public static List<Socket> of(List<JoinedSocket> joined, List<Judgement> judgements, StackTable stacks) {
        List<Socket> sockets = new ArrayList<>(joined.size());
        for (int i = 0; i < joined.size(); i++) {
            sockets.add(of(joined.get(i), judgements.get(i), stacks));
        }
        return sockets;
    }

    private static Socket of(JoinedSocket socket, Judgement judgement, StackTable stacks) {
        TrackedSocket tracked = socket.tracked();
        InetRow row = socket.row();
        ActiveThread use = socket.activeThread();
        long used = tracked == null ? 0 : tracked.lastUsedMillis();
        return Socket.builder()
                .fd(socket.fd())
                .inode(socket.inode())
                .protocol(socket.protocol())
                .state(socket.state())
                .local(row == null ? null : row.local())
                .remote(row == null ? socket.lastRemote() : row.remote())
                .recvQ(row == null ? null : row.recvQ())
                .sendQ(row == null ? null : row.sendQ())
                .origin(socket.origin())
                .opened(tracked == null ? null : stacks.event(tracked.opened()))
                .listenerOpened(tracked == null ? null : stacks.event(tracked.listenerOpened()))
                .eof(tracked == null || !hasEnd(socket.protocol()) ? null : stacks.event(tracked.eof()))
                .closeNotify(tracked == null ? null : stacks.event(tracked.closeNotify()))
                .closing(tracked == null ? null : stacks.event(tracked.closing()))
                .current(use == null ? null : stacks.event(use.where()))
                .lastUsedAt(used == 0 ? null : Instant.ofEpochMilli(used))
                .lastUse(tracked == null ? null : stacks.event(tracked.lastUse()))
                .stateSince(judgement.sinceMillis() == 0 ? null : Instant.ofEpochMilli(judgement.sinceMillis()))
                .verdict(judgement.verdict())
                .confidence(judgement.confidence())
                .weight(tracked == null || tracked.weight() == 1 ? null : (Integer) tracked.weight())
                .build();
    }

    /** Native code cannot distinguish an empty datagram from EOF. */
    private static boolean hasEnd(Protocol protocol) {
        return protocol == Protocol.TCP || protocol == Protocol.UNIX;
    }
}
