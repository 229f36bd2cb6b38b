// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

import static java.util.Objects.requireNonNull;

import io.github.sockblame.agent.kernel.fd.DescriptorScanner;
import io.github.sockblame.agent.kernel.fd.FstatCalls;
import io.github.sockblame.agent.kernel.fd.InitialDescriptors;
import io.github.sockblame.agent.kernel.fd.InodeSet;
import io.github.sockblame.agent.kernel.fd.RememberedSockets;
import io.github.sockblame.agent.kernel.fd.ScanResult;
import io.github.sockblame.agent.kernel.fd.SocketInodes;
import io.github.sockblame.agent.kernel.net.QueueReader;
import io.github.sockblame.agent.kernel.net.TcpRows;
import io.github.sockblame.agent.kernel.net.UdpRows;
import io.github.sockblame.agent.kernel.net.UnixInodes;
import io.github.sockblame.agent.kernel.proc.DescriptorLimit;
import io.github.sockblame.agent.kernel.proc.ListenCounters;
import io.github.sockblame.agent.kernel.proc.PortRange;
import io.github.sockblame.agent.kernel.proc.ProcFiles;
import io.github.sockblame.agent.kernel.proc.SomaxconnReader;
import io.github.sockblame.agent.kernel.proc.SourceStatus;
import java.io.File;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's tables of this process: its descriptors, their limit, and the network namespace's sockets.
 *
 * <p>Nine files stay open, so that a reading works with no descriptor left. The tables are those of the process's
 * namespace at the time when they were opened.
 */
public final class ProcFs {

    private static final BooleanSupplier NEVER = new BooleanSupplier() {
        @Override
        public boolean getAsBoolean() {
            return false;
        }
    };

    /*
     * Concurrency: one lock around the open files, held while they are read, which takes a few microseconds a row of the
     * namespace. Only threads of the agent and of JMX come here, never one of the program.
     */
    private final Object lock = new Object();

    private final Path descriptorPath;
    private final File descriptorFolder;
    private final DescriptorScanner descriptors;
    private final ProcFiles files;
    private final QueueReader queues;

    /** Reads below this folder; {@code /proc} outside of tests. It opens no file yet. */
    public ProcFs(Path root) {
        this(root, null);
    }

    /**
     * The same, with fstat for the descriptors.
     *
     * @param calls null to read their links
     */
    public ProcFs(Path root, @Nullable FstatCalls calls) {
        descriptorPath = root.resolve("self/fd");
        descriptorFolder = new File(descriptorPath.toString());
        descriptors = new DescriptorScanner(descriptorPath, calls);
        files = ProcFiles.below(root);
        queues = new QueueReader(files.tcp6(), files.tcp()); // a JVM listens by IPv6, unless an option forbids it
    }

    /** Opens what can be opened, while there are descriptors left. May be called again. */
    public void openFiles() {
        synchronized (lock) {
            files.openFilesEarly();
        }
    }

    /** Closes all files for good; the sources of a later reading report it. */
    public void close() {
        synchronized (lock) {
            files.end();
        }
    }

    /**
     * The number of descriptors that are open now, of any kind, without a scan: the size of their folder, as kernels
     * from 6.2 on have it (Documentation/filesystems/proc.rst). -1 if the kernel does not have it.
     */
    public long openDescriptors() {
        long size = descriptorFolder.length();
        return size > 0 ? size : -1;
    }

    /**
     * The inodes of the sockets that are open now under these numbers, read by their links: this is for a moment at
     * which the agent may not do any lookup in the JDK.
     */
    public Set<Long> socketInodes(InitialDescriptors among) {
        DescriptorScanner links = new DescriptorScanner(descriptorPath, null);
        ScanResult result = links.read(-1, RememberedSockets.NONE, new ArrayList<>());
        SocketInodes all = result.socketInodes();
        Set<Long> inodes = new HashSet<>();
        for (int i = 0; i < all.size(); i++) {
            if (among.contains(all.fd(i))) {
                inodes.add(all.inode(i));
            }
        }
        return inodes;
    }

    /**
     * The accept queues of these listeners, and nothing else. It reads only the beginning of the tables, whatever the
     * number of connections.
     *
     * @param listeners inodes of listening TCP sockets
     * @return connections that wait for accept, by inode; listeners without a row are absent
     */
    public Map<Long, Long> readQueues(Collection<Long> listeners) {
        synchronized (lock) {
            return queues.read(listeners);
        }
    }

    /** The descriptors alone, for which no table of sockets is read. */
    public DescriptorCounts readDescriptors() {
        synchronized (lock) {
            List<SourceStatus> answers = new ArrayList<>();
            long limit = readLimit(answers);
            ScanResult scanned = descriptors.read(limit, RememberedSockets.NONE, answers);
            return new DescriptorCounts(
                    scanned.socketInodes(), scanned.open(), limit, Collections.unmodifiableList(answers));
        }
    }

    /** One reading. A source that fails is in {@link KernelSnapshot#sources()}; there is no exception. */
    public KernelSnapshot read() {
        return requireNonNull(read(RememberedSockets.NONE, NEVER));
    }

    /**
     * The same, without fstat for the remembered inodes that a row confirms.
     *
     * @param stop whether the reading is to be given up, because there is no memory for the rest of it
     * @return null if it was given up
     */
    public @Nullable KernelSnapshot read(RememberedSockets remembered, BooleanSupplier stop) {
        synchronized (lock) {
            List<SourceStatus> answers = new ArrayList<>();
            long limit = readLimit(answers);
            ScanResult scanned = descriptors.read(limit, remembered, answers);
            InodeSet own = new InodeSet(scanned.socketInodes());
            TcpRows tcpRows = readTcp(own, stop, answers);
            if (tcpRows.isStopped() || stop.getAsBoolean()) {
                return null;
            }
            SocketInodes sockets = descriptors.verify(scanned, tcpRows.byInode());
            UnixInodes unixInodes = new UnixInodes(own);
            answers.add(files.unix().read(unixInodes));
            UdpRows udpRows = new UdpRows(own, ByteOrder.nativeOrder());
            if (isAnyLeft(sockets, tcpRows, unixInodes)) {
                answers.add(files.udp().read(udpRows));
                answers.add(files.udp6().read(udpRows));
            }
            return new KernelSnapshot(
                    sockets,
                    tcpRows.byInode(),
                    udpRows.byInode(),
                    Collections.unmodifiableSet(unixInodes.found()),
                    Collections.unmodifiableMap(tcpRows.orphanRows()),
                    readAcceptQueues(tcpRows, answers),
                    scanned.open(),
                    limit,
                    tcpRows.closed(),
                    tcpRows.localPorts(),
                    Collections.unmodifiableList(answers));
        }
    }

    private TcpRows readTcp(InodeSet own, BooleanSupplier stop, List<SourceStatus> answers) {
        PortRange range = new PortRange();
        answers.add(files.portRange().readLines(range));
        TcpRows rows = new TcpRows(own, range, ByteOrder.nativeOrder(), stop);
        answers.add(files.tcp().read(rows));
        answers.add(files.tcp6().read(rows));
        return rows;
    }

    /**
     * Returns whether a socket has no row in the tables that were read so far. Only then the tables of UDP are read.
     * Empty ones cost less than a hundredth of TCP's; but the kernel finds its place in them by counting from their
     * beginning at each page. So 1,000 rows cost 4 ms and 19,000 cost 500 ms, of any process in the namespace, and most
     * programs have no UDP socket.
     */
    private static boolean isAnyLeft(SocketInodes sockets, TcpRows rows, UnixInodes unixInodes) {
        for (int i = 0; i < sockets.size(); i++) {
            if (rows.byInode().at(sockets.inode(i)) == null
                    && !unixInodes.found().contains(sockets.inode(i))) {
                return true;
            }
        }
        return false;
    }

    private AcceptQueues readAcceptQueues(TcpRows rows, List<SourceStatus> answers) {
        ListenCounters counters = new ListenCounters();
        answers.add(files.netstat().readLines(counters));
        SomaxconnReader limit = new SomaxconnReader();
        answers.add(files.somaxconn().readLines(limit));
        return new AcceptQueues(
                rows.pendingByLocalAddress(),
                Collections.unmodifiableList(rows.foreignListeners()),
                limit.most(),
                counters.overflows(),
                counters.drops());
    }

    private long readLimit(List<SourceStatus> answers) {
        DescriptorLimit limit = new DescriptorLimit();
        SourceStatus answer = files.limits().read(limit);
        boolean silent = answer.used() && !limit.isFound();
        answers.add(silent ? new SourceStatus(answer.name(), false, "no limit in a row \"Max open files\"") : answer);
        return limit.soft();
    }
}
