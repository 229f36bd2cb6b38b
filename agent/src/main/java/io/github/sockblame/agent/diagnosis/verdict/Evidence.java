// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.verdict;

import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Event;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Socket;
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
    public static List<String> of(Verdict verdict, List<Socket> sockets, Instant now) {
        List<String> lines = new ArrayList<>();
        switch (verdict) {
            case FORGOTTEN -> lines.add(forgotten(sockets) + lastUse(sockets, now));
            case ABANDONED -> lines.add(unread(sockets) + lastUse(sockets, now));
            case DEAD_FD ->
                lines.add(
                        "evidence: there was a connection, and the kernel has the descriptor in state CLOSE, without a row:"
                                + " reset, or closed on both sides; no read was seen to return -1");
            case STUCK -> addStuck(lines, sockets);
            case PEER_SILENT ->
                lines.add(
                        "evidence: the kernel has sent the oldest data at least 3 times, or at least 2 probes, without an"
                                + " answer");
            case CONNECTING -> lines.add("evidence: the kernel's state SYN-SENT: the other side has not answered");
            case STALE ->
                lines.add(
                        "evidence: only the FIN, or a last message with it, waits in Recv-Q, and a pool, or one place that has"
                                + " others of them in use, opened it: no more than it had open at once");
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
            case UNACCEPTED, FRESH, NONE -> {} // UnacceptedEvidence has the first
        }
        addLastUse(lines, sockets, now);
        long before = count(sockets, Origin.BEFORE_AGENT) + count(sockets, Origin.ADOPTED);
        if (before > 0) {
            lines.add(share(before, sockets)
                    + "opened before the agent started: the culprit is unknown, and the age counts"
                    + " from its start at the earliest" + localPort(sockets));
        }
        long notSeen = count(sockets, Origin.NOT_SEEN);
        if (notSeen > 0) {
            lines.add(share(notSeen, sockets) + "opened by native code, or by code that the agent does not see");
        }
        return lines;
    }

    private static void addStuck(List<String> lines, List<Socket> sockets) {
        long threads =
                sockets.stream().filter(socket -> socket.current() != null).count();
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

    private static void addHalfClosed(List<String> lines, List<Socket> sockets, Instant now) {
        boolean byUs = sockets.stream().anyMatch(socket -> socket.state() != TcpState.CLOSE_WAIT);
        if (byUs) {
            lines.add("evidence: the program has shut down its output, and the peer has not closed its side");
        }
        String used = lastUse(sockets, now);
        if (!used.isEmpty()) {
            lines.add("evidence: the peer has closed its side, and the program goes on with its own" + used);
        }
    }

    /** Adds for how many sockets the last use was captured, and whether those were used again without a capture. */
    private static void addLastUse(List<String> lines, List<Socket> sockets, Instant now) {
        int witnessed = 0;
        int again = 0;
        Instant latest = Instant.MIN;
        for (Socket socket : sockets) {
            Event use = socket.lastUse();
            Instant used = socket.lastUsedAt();
            if (use != null) {
                witnessed++;
                again += used != null && used.isAfter(use.at()) ? 1 : 0;
                latest = use.at().isAfter(latest) ? use.at() : latest;
            }
        }
        if (witnessed > 0) {
            lines.add("evidence: the last use was recorded for " + witnessed + " of " + sockets.size() + ", the latest "
                    + TextFormat.between(latest, now) + " ago"
                    + (again == 0 ? "" : "; " + again + " were used again by a thread that was not seen"));
        }
    }

    /** The program's last use of a socket in CLOSE_WAIT, if it was after the peer had closed. */
    private static String lastUse(List<Socket> sockets, Instant now) {
        Instant last = Instant.MIN;
        for (Socket socket : sockets) {
            Instant used = socket.lastUsedAt();
            if (socket.state() == TcpState.CLOSE_WAIT
                    && used != null
                    && used.isAfter(endOf(socket))
                    && used.isAfter(last)) {
                last = used;
            }
        }
        return last.equals(Instant.MIN) ? "" : "; the last read or write was " + TextFormat.between(last, now) + " ago";
    }

    private static Instant endOf(Socket socket) {
        Event told = socket.eofOrCloseNotify();
        Instant since = socket.stateSince();
        return told != null ? told.at() : since != null ? since : Instant.MIN;
    }

    /** The common property of several accepted connections: the port of the listener. */
    private static String localPort(List<Socket> sockets) {
        Set<Integer> ports = new HashSet<>();
        for (Socket socket : sockets) {
            Endpoint local = socket.local();
            ports.add(local == null ? 0 : local.port());
        }
        int port = ports.iterator().next();
        return sockets.size() > 1 && ports.size() == 1 && port > 0 ? "; their local port is " + port : "";
    }

    private static long count(List<Socket> sockets, Origin origin) {
        return sockets.stream().filter(socket -> socket.origin() == origin).count();
    }

    private static String share(long some, List<Socket> sockets) {
        return some == sockets.size() ? "" : some + " of them ";
    }

    private static String swallowed(List<Socket> sockets) {
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

    private static String forgotten(List<Socket> sockets) {
        int byTls = 0;
        int unread = 0;
        for (Socket socket : sockets) {
            Long recvQ = socket.recvQ();
            byTls += socket.eof() == null ? 1 : 0;
            unread += socket.eof() == null && recvQ != null && recvQ > 0 ? 1 : 0;
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

    private static String zombie(List<Socket> sockets) {
        boolean listening = sockets.stream().anyMatch(socket -> socket.state() == TcpState.LISTEN);
        return listening
                ? "evidence: the close was requested, but the kernel still listens and accepts clients: no selector has"
                        + " flushed its key"
                : "evidence: the close was requested, but the descriptor is still open: no selector has flushed its key,"
                        + " or a thread is blocked in it";
    }

    private static String unread(List<Socket> sockets) {
        int loneFin = 0;
        for (Socket socket : sockets) {
            Long recvQ = socket.recvQ();
            loneFin += recvQ != null && recvQ == 1 ? 1 : 0;
        }
        if (loneFin == sockets.size()) {
            return "evidence: Recv-Q 1 is the FIN itself: no data waits, and no read was tried since the peer closed";
        }
        return loneFin == 0
                ? "evidence: Recv-Q holds data that the program has not read, and the FIN behind it"
                : "evidence: Recv-Q holds the FIN; on " + (sockets.size() - loneFin) + " of them also unread data";
    }
}
