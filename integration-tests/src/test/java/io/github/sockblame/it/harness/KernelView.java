// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harness;

import io.github.sockblame.report.TcpState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * What the kernel says of a process's sockets, read from outside and without any code of the agent.
 *
 * @param inodes socket inode by descriptor
 * @param states TCP state by inode, of those that have a row
 * @param datagrams UDP sockets by inode, of those that have a row
 * @param unix inodes of Unix-domain sockets
 */
public record KernelView(
        SortedMap<Integer, Long> inodes, Map<Long, TcpState> states, Map<Long, Datagrams> datagrams, Set<Long> unix) {

    /** A UDP socket's addresses and queues. */
    public record Datagrams(InetSocketAddress local, InetSocketAddress remote, long recvQ, long sendQ) {

        private static Datagrams of(String[] row) throws IOException {
            String[] queues = row[4].split(":", -1);
            return new Datagrams(
                    address(row[1]), address(row[2]), Long.parseLong(queues[1], 16), Long.parseLong(queues[0], 16));
        }

        /** The kernel prints each four bytes of an address as one number. */
        private static InetSocketAddress address(String hex) throws IOException {
            int colon = hex.indexOf(':');
            ByteBuffer bytes = ByteBuffer.allocate(colon / 2).order(ByteOrder.nativeOrder());
            for (int i = 0; i < colon; i += 8) {
                bytes.putInt(Integer.parseUnsignedInt(hex.substring(i, i + 8), 16));
            }
            int port = Integer.parseInt(hex.substring(colon + 1), 16);
            return new InetSocketAddress(InetAddress.getByAddress(bytes.array()), port);
        }
    }

    public static KernelView of(long pid) throws IOException {
        SortedMap<Integer, Long> inodes = SocketInodes.of(pid);
        Map<Long, TcpState> states = new HashMap<>();
        for (String[] row : rows(pid, "tcp", "tcp6")) {
            TcpState state = TcpState.ofNumber(Integer.parseInt(row[3], 16));
            long inode = Long.parseLong(row[9]);
            if (state != null && inode != 0) {
                states.put(inode, state);
            }
        }
        states.keySet().retainAll(inodes.values());
        Map<Long, Datagrams> datagrams = new HashMap<>();
        for (String[] row : rows(pid, "udp", "udp6")) {
            datagrams.put(Long.valueOf(row[9]), Datagrams.of(row));
        }
        datagrams.keySet().retainAll(inodes.values());
        Set<Long> unix = new HashSet<>();
        for (String[] row : rows(pid, "unix")) {
            unix.add(Long.valueOf(row[6]));
        }
        unix.retainAll(inodes.values());
        return new KernelView(inodes, states, datagrams, unix);
    }

    /** Number of TCP connections in this state to this remote address, of whatever process in the namespace of this one. */
    public static int rowsTo(long pid, InetSocketAddress remote, TcpState wanted) throws IOException {
        return connections(pid, wanted, row -> Datagrams.address(row[2]).equals(remote));
    }

    /** Of those, the ones from these local ports. */
    public static int rowsTo(long pid, InetSocketAddress remote, Set<Integer> localPorts, TcpState wanted)
            throws IOException {
        return connections(
                pid,
                wanted,
                row -> Datagrams.address(row[2]).equals(remote)
                        && localPorts.contains(Datagrams.address(row[1]).getPort()));
    }

    /**
     * Number of TCP connections in this state between this local port and one of these of 127.0.0.1. Others of the namespace may have been
     * given the same local port not long ago, to other ports of the same address.
     */
    public static int rowsBetween(long pid, int localPort, Set<Integer> peers, TcpState wanted) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        return connections(pid, wanted, row -> {
            InetSocketAddress remote = Datagrams.address(row[2]);
            return Datagrams.address(row[1]).getPort() == localPort
                    && remote.getAddress().equals(loopback)
                    && peers.contains(remote.getPort());
        });
    }

    /** Whether a row is meant. */
    private interface Rows {
        boolean have(String[] row) throws IOException;
    }

    /** A table that others change while it is read gives some rows twice: what counts is the two addresses. */
    private static int connections(long pid, TcpState wanted, Rows meant) throws IOException {
        Set<String> connections = new HashSet<>();
        for (String[] row : rows(pid, "tcp", "tcp6")) {
            if (Integer.parseInt(row[3], 16) == wanted.number() && meant.have(row)) {
                connections.add(row[1] + " " + row[2]);
            }
        }
        return connections.size();
    }

    private static List<String[]> rows(long pid, String... tables) throws IOException {
        List<String[]> rows = new ArrayList<>();
        for (String table : tables) {
            List<String> lines = Files.readAllLines(Path.of("/proc/" + pid + "/net/" + table));
            for (String line : lines.subList(1, lines.size())) {
                rows.add(line.strip().split(" +", -1));
            }
        }
        return rows;
    }

    public boolean has(long inode) {
        return inodes.containsValue(inode);
    }
}
