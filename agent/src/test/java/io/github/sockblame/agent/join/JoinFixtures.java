// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.join;

import io.github.sockblame.agent.capture.CallStack;
import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.capture.SampleEvent;
import io.github.sockblame.agent.kernel.AcceptQueues;
import io.github.sockblame.agent.kernel.KernelSnapshot;
import io.github.sockblame.agent.kernel.fd.KernelFixtures;
import io.github.sockblame.agent.kernel.net.ClosedConnectionTable;
import io.github.sockblame.agent.kernel.net.LocalPorts;
import io.github.sockblame.agent.kernel.net.TcpRow;
import io.github.sockblame.agent.kernel.net.UdpRow;
import io.github.sockblame.agent.ledger.SampleSocket;
import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.TcpState;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Things that a reading is made of, with no JVM behind them. */
public final class JoinFixtures {

    public static final long NOW = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

    private JoinFixtures() {}

    /** A frame as {@code com.acme.Shop.pay:7}. */
    public static StackTraceElement frame(String text) {
        int line = text.indexOf(':');
        int method = text.lastIndexOf('.');
        return new StackTraceElement(
                text.substring(0, method),
                text.substring(method + 1, line),
                "Source.java",
                Integer.parseInt(text.substring(line + 1)));
    }

    public static CallStack stack(String... frames) {
        StackTraceElement[] elements = new StackTraceElement[frames.length];
        for (int i = 0; i < frames.length; i++) {
            elements[i] = frame(frames[i]);
        }
        return CallStack.of(elements);
    }

    public static CapturedEvent witness(long millis, String... frames) {
        return SampleEvent.of(stack(frames), "main", 1, millis);
    }

    /** Only the time is known since which it is in its state. */
    public static StateTimes inStateSince(long millis) {
        return new StateTimes(millis, false, 0, 0);
    }

    public static TrackedSocket opened(int fd) {
        return SampleSocket.of(fd, witness(NOW - 60_000, "com.acme.Client.connect:41"), null, null, null);
    }

    /** A client's connection that was opened at this stack ninety seconds ago. */
    public static TrackedSocket socket(int fd, @Nullable CapturedEvent eof, String... openingStack) {
        return SampleSocket.of(fd, witness(NOW - 90_000, openingStack), null, eof, null);
    }

    /** An EOF that was read fifty seconds ago. */
    public static CapturedEvent eof() {
        return witness(NOW - 50_000, "sun.nio.ch.SocketDispatcher.read:1", "com.acme.Pay.call:88");
    }

    public static TcpRow row(long inode, TcpState state, long recvQ) {
        return row(inode, state, recvQ, 0);
    }

    public static TcpRow row(long inode, TcpState state, long recvQ, long sendQ) {
        Endpoint local = new Endpoint("10.0.0.1", 40_000);
        return new TcpRow(inode, state, local, new Endpoint("10.2.3.4", 443), recvQ, sendQ, 0, 0, 0, 0);
    }

    public static UdpRow udpRow(long inode, Endpoint remote) {
        return new UdpRow(inode, new Endpoint("10.0.0.1", 5353), remote, 832, 0);
    }

    /** A tracked connection in CLOSE_WAIT for a minute. */
    public static JoinedSocket closeWait(TrackedSocket tracked, @Nullable Long recvQ) {
        long inode = 1000L + tracked.fd();
        return new JoinedSocket(
                tracked.fd(),
                inode,
                tracked,
                true,
                tracked.isAccepted() ? Origin.ACCEPTED : Origin.OPENED,
                Protocol.TCP,
                TcpState.CLOSE_WAIT,
                recvQ == null ? null : row(inode, TcpState.CLOSE_WAIT, recvQ),
                inStateSince(NOW - 60_000),
                null,
                null);
    }

    /** An untracked connection in CLOSE_WAIT for a minute. */
    public static JoinedSocket untracked(int fd, Origin origin, @Nullable Long recvQ) {
        long inode = 1000L + fd;
        return new JoinedSocket(
                fd,
                inode,
                null,
                true,
                origin,
                Protocol.TCP,
                TcpState.CLOSE_WAIT,
                recvQ == null ? null : row(inode, TcpState.CLOSE_WAIT, recvQ),
                inStateSince(NOW - 60_000),
                null,
                null);
    }

    /** A UDP socket that the program asked to close a minute ago. */
    public static JoinedSocket udp(int fd, Endpoint remote) {
        long inode = 1000L + fd;
        return new JoinedSocket(
                fd,
                inode,
                SampleSocket.of(
                        fd,
                        witness(NOW - 90_000, "com.acme.Names.ask:7"),
                        null,
                        null,
                        witness(NOW - 60_000, "com.acme.Names.close:9")),
                true,
                Origin.OPENED,
                Protocol.UDP,
                null,
                udpRow(inode, remote),
                StateTimes.NONE,
                null,
                null);
    }

    public static JoinedSocket inState(TrackedSocket tracked, @Nullable TcpState state) {
        Protocol protocol = state == null ? Protocol.UNIX : Protocol.TCP;
        return new JoinedSocket(
                tracked.fd(),
                1000L + tracked.fd(),
                tracked,
                true,
                Origin.OPENED,
                protocol,
                state,
                null,
                state == null ? StateTimes.NONE : inStateSince(NOW - 1000),
                null,
                null);
    }

    /** What the kernel said. */
    public static final class Kernel {

        private final Map<Integer, Long> sockets = new TreeMap<>();
        private final Map<Long, TcpRow> rows = new HashMap<>();
        private final Map<Long, UdpRow> udpRows = new HashMap<>();
        private final Set<Long> unix = new HashSet<>();
        private long open = 10;
        private AcceptQueues queues = AcceptQueues.UNKNOWN;

        public Kernel socket(int fd, long inode) {
            sockets.put(fd, inode);
            return this;
        }

        public Kernel tcp(int fd, long inode, TcpState state) {
            rows.put(inode, row(inode, state, 0));
            return socket(fd, inode);
        }

        public Kernel udp(int fd, long inode) {
            udpRows.put(inode, udpRow(inode, new Endpoint("0.0.0.0", 0)));
            return socket(fd, inode);
        }

        public Kernel unix(int fd, long inode) {
            unix.add(inode);
            return socket(fd, inode);
        }

        public Kernel queues(AcceptQueues newQueues) {
            queues = newQueues;
            return this;
        }

        public Kernel listFailed() {
            open = -1;
            return this;
        }

        public KernelSnapshot snapshot() {
            return new KernelSnapshot(
                    KernelFixtures.socketInodes(sockets),
                    KernelFixtures.rows(rows),
                    KernelFixtures.rows(udpRows),
                    unix,
                    new EnumMap<>(TcpState.class),
                    queues,
                    open,
                    20_000,
                    new ClosedConnectionTable(),
                    LocalPorts.UNKNOWN,
                    List.of());
        }
    }
}
