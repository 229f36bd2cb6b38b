// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.walk;

import io.github.sockblame.it.harness.SocketInodes;
import io.github.sockblame.report.HookState;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.json.ReportJson;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * At every quiet moment the sockets of the report are the kernel's, inode by inode; all are tracked but the few that the JDK's native
 * code made for itself; and what was seen of each is what the walk did to it.
 */
final class Invariant {

    /** The JDK's marker of closed sockets, and the listener and the connection of somebody who attaches. */
    private static final int MOST_NATIVE = 4;

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

    private final WalkState walkState;
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final ObjectName agent;
    private int looksAgain;

    Invariant(WalkState walkState) throws Exception {
        this.walkState = walkState;
        agent = new ObjectName("io.github.sockblame:type=Sockblame");
        Threads.until("the agent's MXBean", () -> server.isRegistered(agent));
    }

    /** How often the first look met a socket on its way, and a second one was needed. */
    int looksAgain() {
        return looksAgain;
    }

    /** Looks until all is well; if it never is, these are the differences. */
    List<String> differences() throws Exception {
        long deadline = System.nanoTime() + PATIENCE;
        List<String> differences = look();
        while (!differences.isEmpty() && System.nanoTime() < deadline) {
            looksAgain++;
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
            differences = look();
        }
        return differences;
    }

    private List<String> look() throws Exception {
        long self = ProcessHandle.current().pid();
        SortedMap<Integer, Long> before = SocketInodes.of(self);
        Report report = ReportJson.read((String) server.invoke(agent, "reportJson", new Object[0], new String[0]));
        SortedMap<Integer, Long> after = SocketInodes.of(self);
        if (!before.equals(after)) {
            return List.of("the kernel's list does not stand still: " + before + " " + after);
        }
        List<String> differences = new ArrayList<>();
        compareInodes(report, after, differences);
        compareLives(report, differences);
        compareHealth(report, differences);
        return differences;
    }

    private static void compareInodes(Report report, SortedMap<Integer, Long> kernel, List<String> differences) {
        SortedMap<Integer, Long> reported = new TreeMap<>();
        int natives = 0;
        for (Socket socket : report.sockets()) {
            reported.put(socket.fd(), socket.inode());
            if (!socket.origin().isTracked()) {
                natives++;
                if (socket.protocol() != Protocol.UNIX) {
                    differences.add("not tracked: " + socket);
                }
            }
        }
        if (!reported.equals(kernel)) {
            differences.add("the report has " + reported + ", the kernel " + kernel);
        }
        if (natives > MOST_NATIVE) {
            differences.add(natives + " Unix-domain sockets are not tracked");
        }
        if (report.totals().sockets() != kernel.size()) {
            differences.add("totals: " + report.totals() + ", the kernel has " + kernel.size());
        }
    }

    private void compareLives(Report report, List<String> differences) {
        Map<Long, Socket> byPorts = new TreeMap<>();
        for (Socket socket : report.sockets()) {
            if (socket.local() != null
                    && socket.remote() != null
                    && socket.origin().isTracked()) {
                byPorts.put(key(socket.local().port(), socket.remote().port()), socket);
            }
        }
        for (Pair pair : walkState.pairs()) {
            for (Side side : pair.sides()) {
                Socket socket = byPorts.get(key(side.local(), side.remote()));
                if (side.isHeld() && socket != null && !side.isBroken()) {
                    compareLife(side, socket, differences);
                }
            }
        }
        for (WalkState.Zombie zombie : walkState.zombies()) {
            Socket socket = byPorts.get(key(zombie.local(), zombie.remote()));
            if (zombie.local() > 0 && socket != null && socket.closing() == null) {
                differences.add("its close was not seen: " + socket);
            }
        }
    }

    private static void compareLife(Side side, Socket socket, List<String> differences) {
        boolean told = socket.eofOrCloseNotify() != null;
        if (told != side.isTold()) {
            differences.add(
                    side + (told ? ": no end of file was read, but seen by the agent" : ": end of file not seen"));
        }
        if (socket.closing() != null) {
            differences.add(side + ": nobody closed it");
        }
        if (socket.opened() == null) {
            differences.add(side + ": by whom it was opened is not known");
        }
    }

    private static long key(int local, int remote) {
        return (long) local << 32 | remote;
    }

    private void compareHealth(Report report, List<String> differences) {
        if (report.agent().internalErrors() != 0) {
            differences.add("internal errors, the last: " + report.agent().lastError());
        }
        if (report.agent().unconfirmed() != 0) {
            differences.add(report.agent().unconfirmed() + " records without a socket");
        }
        if (report.agent().hooks().stream().anyMatch(hook -> hook.state() == HookState.MISSING)) {
            differences.add("hooks: " + report.agent().hooks());
        }
        if (report.closedByCleaner().count() < walkState.rescues()) {
            differences.add(report.closedByCleaner().count() + " collected without close, not " + walkState.rescues());
        }
    }

    /** For the message of a failure. */
    @Nullable String text() throws Exception {
        return (String) server.invoke(agent, "reportText", new Object[0], new String[0]);
    }
}
