// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.verdict;

import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.SocketEvent;
import io.github.sockblame.report.SocketRow;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import io.github.sockblame.report.text.TextFormat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The facts behind a verdict, one sentence a line. */
public final class Evidence {

    private Evidence() {}

    /** The sentences for sockets of one site at this moment. */
    public static List<String> of(Verdict verdict, List<? extends SocketRow> sockets, Instant now) {
        List<String> lines = new ArrayList<>();
        switch (verdict) {
            case FORGOTTEN -> lines.add(forgotten(sockets) + lastUse(sockets, now));
            case ABANDONED -> lines.add(unread(sockets) + lastUse(sockets, now));
            case STUCK -> addStuck(lines, sockets);
            case PEER_SILENT ->
                lines.add(
                        "evidence: the kernel has sent the oldest data at least 3 times, or at least 2 probes, without an"
                                + " answer");
            case CONNECTING -> lines.add("evidence: the kernel's state SYN-SENT: the other side has not answered");
            case STALE -> lines.add(stale(sockets));
            case HALF_CLOSED -> addHalfClosed(lines, sockets, now);
            case IDLE -> lines.add("evidence: the kernel's row has not changed since, nor did any of its figures");
            case FIN_SWALLOWED -> lines.add(swallowed(sockets));
            case ZOMBIE -> lines.add(zombie(sockets));
            case COLLECTED ->
                lines.add(
                        "evidence: the garbage collector took the channel, and no Cleaner closes channels of this kind");
            case LOST ->
                lines.add(
                        "evidence: the kernel accepted and no channel was made: accept was interrupted at that moment,"
                                + " which is a fault of the JDK");
            case UNACCEPTED, DEAD_FD, FRESH, NONE -> {} // UnacceptedEvidence and DeadEvidence have the first two
        }
        addLastUse(lines, sockets, now);
        long before = count(sockets, Origin.BEFORE_AGENT);
        if (before > 0) {
            lines.add(share(before, sockets)
                    + "opened before the agent started: the culprit is unknown, and the age counts"
                    + " from its start at the earliest" + localPort(sockets));
        }
        long beforeHooks = count(sockets, Origin.ADOPTED) + count(sockets, Origin.BEFORE_HOOKS);
        if (beforeHooks > 0) {
            lines.add(share(beforeHooks, sockets)
                    + "opened before the agent's hooks were in place: the culprit is unknown, and the age counts"
                    + " from then at the earliest" + localPort(sockets));
        }
        long notSeen = count(sockets, Origin.NOT_SEEN);
        if (notSeen > 0) {
            lines.add(share(notSeen, sockets) + "opened by native code, or by code that the agent does not see");
        }
        return lines;
    }

    private static void addStuck(List<String> lines, List<? extends SocketRow> sockets) {
        long threads = sockets.stream()
                .filter(socket -> socket.has(SocketEvent.CURRENT))
                .count();
        long unsent = sockets.stream()
                .filter(socket -> socket.sendQ() != null && socket.sendQ() > 0)
                .count();
        if (threads > 0) {
            lines.add("evidence: " + (threads == sockets.size() ? "" : "in " + threads + " of them ")
                    + "a thread is inside an operation at this moment");
        }
        if (unsent > 0) {
            lines.add("evidence: " + (unsent == sockets.size() ? "" : "in " + unsent + " of them ")
                    + "Send-Q holds data that the peer does not take");
        }
    }

    private static void addHalfClosed(List<String> lines, List<? extends SocketRow> sockets, Instant now) {
        boolean byUs = sockets.stream().anyMatch(socket -> socket.state() != TcpState.CLOSE_WAIT);
        if (byUs) {
            lines.add("evidence: the program has shut down its output, and the peer has not closed its side");
        }
        if (sockets.stream()
                .anyMatch(socket ->
                        socket.state() == TcpState.CLOSE_WAIT && socket.sendQ() != null && socket.sendQ() > 0)) {
            lines.add("evidence: the peer has closed its side, and Send-Q holds data that it may still take");
        }
        if (sockets.stream()
                .anyMatch(socket -> socket.state() == TcpState.CLOSE_WAIT && socket.has(socket.endEvent()))) {
            lines.add(
                    "evidence: the program has read the EOF, and may still use its own half, or another connection to which"
                            + " it passes the data");
        }
        String used = lastUse(sockets, now);
        if (!used.isEmpty()) {
            lines.add("evidence: the peer has closed its side, and the program goes on with its own" + used);
        }
    }

    /** Adds for how many sockets the last use was captured, and whether those were used again without a capture. */
    private static void addLastUse(List<String> lines, List<? extends SocketRow> sockets, Instant now) {
        int witnessed = 0;
        int again = 0;
        long latest = SocketRow.NO_TIME;
        for (SocketRow socket : sockets) {
            if (socket.has(SocketEvent.LAST_USE)) {
                long use = socket.millis(SocketEvent.LAST_USE);
                witnessed++;
                again += socket.lastUsedMillis() > use ? 1 : 0;
                latest = Math.max(latest, use);
            }
        }
        if (witnessed > 0) {
            lines.add("evidence: the last use was recorded for " + witnessed + " of " + sockets.size() + ", the latest "
                    + TextFormat.between(Instant.ofEpochMilli(latest), now) + " ago"
                    + (again == 0 ? "" : "; " + again + " were used again by a thread that was not seen"));
        }
    }

    /** The program's last use of a socket in CLOSE_WAIT, if it was after the peer had closed. */
    private static String lastUse(List<? extends SocketRow> sockets, Instant now) {
        long last = SocketRow.NO_TIME;
        for (SocketRow socket : sockets) {
            long used = socket.lastUsedMillis();
            if (socket.state() == TcpState.CLOSE_WAIT && used > endOf(socket)) {
                last = Math.max(last, used);
            }
        }
        return last == SocketRow.NO_TIME
                ? ""
                : "; the last read or write was " + TextFormat.between(Instant.ofEpochMilli(last), now) + " ago";
    }

    private static long endOf(SocketRow socket) {
        SocketEvent end = socket.endEvent();
        return socket.has(end) ? socket.millis(end) : socket.stateSinceMillis();
    }

    /** The common property of several accepted connections: the port of the listener. */
    private static String localPort(List<? extends SocketRow> sockets) {
        Set<Integer> ports = new HashSet<>();
        for (SocketRow socket : sockets) {
            Endpoint local = socket.local();
            ports.add(local == null ? 0 : local.port());
        }
        int port = ports.iterator().next();
        return sockets.size() > 1 && ports.size() == 1 && port > 0 ? "; their local port is " + port : "";
    }

    private static long count(List<? extends SocketRow> sockets, Origin origin) {
        return sockets.stream().filter(socket -> socket.origin() == origin).count();
    }

    private static String share(long some, List<? extends SocketRow> sockets) {
        return some == sockets.size() ? "" : some + " of them ";
    }

    private static String swallowed(List<? extends SocketRow> sockets) {
        long unknown = sockets.stream().filter(socket -> socket.recvQ() == null).count();
        String queue = unknown == 0
                ? "the receive queue is empty"
                : "Recv-Q could not be read" + (unknown == sockets.size() ? "" : " of " + unknown + " of them");
        if (sockets.stream().anyMatch(socket -> !socket.origin().isTracked())) {
            return "evidence: " + queue + "; the agent cannot see a read of -1 on a socket that it did not"
                    + " see open";
        }
        return unknown == 0
                ? "evidence: " + queue
                        + " and no read was seen to return -1: a read that takes the last bytes also takes the"
                        + " FIN, and only the next read returns -1"
                : "evidence: " + queue + " and no read was seen to return -1: the amount of waiting data is unknown";
    }

    private static String forgotten(List<? extends SocketRow> sockets) {
        int byTls = 0;
        int unread = 0;
        for (SocketRow socket : sockets) {
            Long recvQ = socket.recvQ();
            byTls += !socket.has(SocketEvent.EOF) ? 1 : 0;
            unread += !socket.has(SocketEvent.EOF) && recvQ != null && recvQ > 0 ? 1 : 0;
        }
        String told = "evidence: read returned -1 on each of them";
        if (byTls > 0) {
            told += ", on " + byTls + " at the TLS close_notify" + (unread == byTls ? ", the FIN still unread" : "");
        }
        boolean dead = sockets.stream().anyMatch(socket -> socket.state() == TcpState.CLOSE);
        return told + ", no close was requested since, and "
                + (dead
                        ? "the descriptors are still open, though ss no longer lists them"
                        : "the kernel still has them in CLOSE-WAIT");
    }

    private static String zombie(List<? extends SocketRow> sockets) {
        boolean listening = sockets.stream().anyMatch(socket -> socket.state() == TcpState.LISTEN);
        return listening
                ? "evidence: the close was requested, but the kernel still listens and accepts clients: no selector has"
                        + " flushed its key"
                : "evidence: the close was requested, but the descriptor is still open: no selector has flushed its key,"
                        + " or a thread is blocked in it";
    }

    /** A reset connection has no row, and so no Recv-Q. */
    private static String stale(List<? extends SocketRow> sockets) {
        long reset = sockets.stream()
                .filter(socket -> socket.state() == TcpState.CLOSE)
                .count();
        String over = "the connection is over on both sides";
        String unread = "no more than the FIN, or a last message with it, waits in Recv-Q";
        return "evidence: " + (reset == sockets.size() ? over : reset == 0 ? unread : unread + ", or " + over);
    }

    private static String unread(List<? extends SocketRow> sockets) {
        int loneFin = 0;
        int read = 0;
        for (SocketRow socket : sockets) {
            Long recvQ = socket.recvQ();
            loneFin += recvQ != null && recvQ == 1 ? 1 : 0;
            read += recvQ == null || recvQ == 0 ? 1 : 0;
        }
        if (read > 0) {
            return swallowed(sockets) + (read == sockets.size() ? "" : ", on " + read + " of them");
        }
        if (loneFin == sockets.size()) {
            return "evidence: Recv-Q 1 is the FIN itself: no data waits, and no read was tried since the peer closed";
        }
        return loneFin == 0
                ? "evidence: Recv-Q holds data that the program has not read, and the FIN behind it"
                : "evidence: Recv-Q holds the FIN; on " + (sockets.size() - loneFin) + " of them also unread data";
    }
}
