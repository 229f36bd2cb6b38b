// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.github.sockblame.agent.kernel.net.TcpRow;
import io.github.sockblame.agent.kernel.net.UdpRow;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.TcpState;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The running kernel's answers about the JVM of the tests. */
class OwnProcTest {

    private final ProcFs procFs = new ProcFs(Path.of("/proc"));

    @BeforeEach
    void openFiles() {
        procFs.openFiles();
    }

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    @Test
    void findsTheOwnSockets() throws IOException {
        KernelSnapshot before = procFs.read();
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket listener = new ServerSocket(0, 5, loopback);
                Socket client = new Socket(loopback, listener.getLocalPort());
                Socket accepted = listener.accept()) {
            KernelSnapshot snapshot = procFs.read();

            List<TcpRow> rows = newRows(before, snapshot);
            assertThat(rows).hasSize(3);
            assertThat(rows)
                    .filteredOn(r -> r.state() == TcpState.LISTEN)
                    .singleElement()
                    .satisfies(row -> {
                        assertThat(row.local().port()).isEqualTo(listener.getLocalPort());
                        assertThat(row.remote().port()).isZero();
                        assertThat(row.recvQ()).isZero();
                    });
            assertThat(rows)
                    .filteredOn(r -> r.state() == TcpState.ESTABLISHED)
                    .allSatisfy(r -> assertThat(r.local().address()).isEqualTo(loopback.getHostAddress()))
                    .extracting(r -> r.local().port() + ">" + r.remote().port())
                    .containsExactlyInAnyOrder(
                            client.getLocalPort() + ">" + client.getPort(),
                            accepted.getLocalPort() + ">" + accepted.getPort());
        }
    }

    @Test
    void receiveQueueCountsUnreadBytesAndFin() throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket listener = new ServerSocket(0, 5, loopback);
                Socket client = new Socket(loopback, listener.getLocalPort());
                Socket accepted = listener.accept()) {
            accepted.getOutputStream().write(new byte[6]);
            accepted.shutdownOutput();

            assertThat(awaitState(TcpState.CLOSE_WAIT, client.getLocalPort()).recvQ())
                    .isEqualTo(7);
        }
    }

    @Test
    void findsBoundDatagramSocketsAndWhatWaitsInThem() throws Exception {
        KernelSnapshot before = procFs.read();
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (DatagramSocket server = new DatagramSocket(0, loopback);
                DatagramSocket client = new DatagramSocket();
                DatagramChannel unbound = DatagramChannel.open()) {
            client.connect(loopback, server.getLocalPort());
            client.send(new DatagramPacket(new byte[100], 100));
            KernelSnapshot snapshot = procFs.read();

            List<UdpRow> rows = new ArrayList<>(snapshot.udpRowsByInode().values());
            rows.removeIf(row -> before.socketInodes().containsValue(row.inode()));
            assertThat(rows).as("without %s", unbound).hasSize(2);
            assertThat(rows).allMatch(row -> snapshot.socketInodes().containsValue(row.inode()));
            assertThat(rows)
                    .filteredOn(row -> row.remote().port() == 0)
                    .singleElement()
                    .satisfies(row -> {
                        assertThat(row.local())
                                .isEqualTo(new Endpoint(loopback.getHostAddress(), server.getLocalPort()));
                        assertThat(row.recvQ()).isGreaterThan(100);
                    });
            assertThat(rows)
                    .filteredOn(row -> row.remote().port() == server.getLocalPort())
                    .singleElement()
                    .extracting(row -> row.local().port())
                    .isEqualTo(client.getLocalPort());
        }
    }

    @Test
    void tellsUnixSockets(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("s");
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(path));
            long inode = -1;
            for (String row : Files.readAllLines(Path.of("/proc/self/net/unix"))) {
                if (row.endsWith(" " + path)) {
                    inode = Long.parseLong(row.trim().split(" +", 8)[6]);
                }
            }
            KernelSnapshot snapshot = procFs.read();

            assertThat(snapshot.unixInodes()).contains(inode);
            assertThat(snapshot.socketInodes()).containsValue(inode);
            assertThat(snapshot.rowsByInode()).doesNotContainKey(inode);
        }
    }

    @Test
    void countsDescriptorsAsTheJdkDoes() {
        UnixOperatingSystemMXBean jdk = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long open = -1;
        KernelSnapshot snapshot = procFs.read();
        // Until nothing was opened or closed meanwhile, by the collector for example.
        while (open != jdk.getOpenFileDescriptorCount()) {
            open = jdk.getOpenFileDescriptorCount();
            snapshot = procFs.read();
        }
        assertThat(snapshot.openDescriptors()).isEqualTo(open);
        assertThat(snapshot.descriptorLimit()).isEqualTo(jdk.getMaxFileDescriptorCount());
    }

    @Test
    void readsInAnInterruptedThread() throws IOException {
        try (ServerSocket listener = new ServerSocket()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            for (int i = 0; i < 2; i++) {
                Thread.currentThread().interrupt();
                KernelSnapshot snapshot = procFs.read();

                assertThat(Thread.currentThread().isInterrupted()).isTrue();
                assertThat(snapshot.rowsByInode().values())
                        .extracting(r -> r.local().port())
                        .contains(listener.getLocalPort());
                assertThat(snapshot.sources())
                        .allMatch(s -> s.used() || s.name().endsWith("tcp6"));
            }
        }
    }

    @Test
    void seesWhoWaitsAtARealListener() throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        try (ServerSocket listener = new ServerSocket(0, 8, here);
                Socket patient = new Socket(here, listener.getLocalPort())) {
            new Socket(here, listener.getLocalPort()).close();
            Endpoint local = new Endpoint(here.getHostAddress(), listener.getLocalPort());
            Map<TcpState, Integer> both = Map.of(TcpState.ESTABLISHED, 1, TcpState.CLOSE_WAIT, 1);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            AcceptQueues queues = procFs.read().acceptQueues();
            while (!both.equals(requireNonNull(queues.waiting()).get(local)) && System.nanoTime() < deadline) {
                queues = procFs.read().acceptQueues();
            }
            long inode = awaitState(TcpState.LISTEN, listener.getLocalPort()).inode();

            assertThat(requireNonNull(queues.waiting()).get(local)).isEqualTo(both);
            assertThat(procFs.readQueues(List.of(inode))).isEqualTo(Map.of(inode, 2L));
            assertThat(queues.mostBacklog()).isPositive();
            assertThat(queues.overflows()).isNotNegative();
            assertThat(queues.drops()).isGreaterThanOrEqualTo(queues.overflows());
            assertThat(patient.isConnected()).isTrue();
        }
    }

    /** Reads until the kernel has got there: even on loopback a segment takes its time. */
    private TcpRow awaitState(TcpState state, int localPort) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < deadline) {
            for (TcpRow row : procFs.read().rowsByInode().values()) {
                if (row.state() == state && row.local().port() == localPort) {
                    return row;
                }
            }
        }
        throw new AssertionError("no " + state + " at port " + localPort);
    }

    private static List<TcpRow> newRows(KernelSnapshot before, KernelSnapshot after) {
        List<TcpRow> rows = new ArrayList<>();
        for (TcpRow row : after.rowsByInode().values()) {
            assertThat(after.socketInodes()).containsValue(row.inode());
            if (!before.socketInodes().containsValue(row.inode())) {
                rows.add(row);
            }
        }
        return rows;
    }
}
