// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The kernel's tables of this process: its descriptors, their limit, and the network namespace's sockets.
 *
 * <p>Four files stay open, so that a reading works with no descriptor left. The tables are those of the namespace in which
 * the process was when they were opened.
 */
public final class ProcFs {

    /*
     * Concurrency: one lock around the open files, held while they are read, which takes a few microseconds a row of the
     * namespace. Only threads of the agent and of JMX come here, never one of the program.
     */
    private final Object lock = new Object();

    private final DescriptorDirectory descriptors;
    private final TableFile limits;
    private final TableFile tcp;
    private final TableFile tcp6;
    private final TableFile unix;

    /** Reads below this folder; {@code /proc} outside of tests. Nothing is opened yet. */
    public ProcFs(Path root) {
        Path self = root.resolve("self");
        Path net = self.resolve("net");
        descriptors = new DescriptorDirectory(self.resolve("fd"));
        limits = new TableFile(self.resolve("limits").toFile(), "absent");
        tcp = new TableFile(net.resolve("tcp").toFile(), "absent");
        tcp6 = new TableFile(net.resolve("tcp6").toFile(), "absent, as on a host without IPv6");
        unix = new TableFile(net.resolve("unix").toFile(), "absent");
    }

    /** Opens what can be opened, while there are descriptors left. Harmless to call again. */
    public void openAhead() {
        synchronized (lock) {
            limits.openAhead();
            tcp.openAhead();
            tcp6.openAhead();
            unix.openAhead();
        }
    }

    /** The inodes of the sockets that are open now. */
    public Set<Long> socketInodes() {
        synchronized (lock) {
            return new HashSet<>(
                    descriptors.read(-1, new ArrayList<>()).socketInodes().values());
        }
    }

    /** One reading. A source that does not answer is told in {@link KernelSnapshot#sources()}, never by an exception. */
    public KernelSnapshot read() {
        synchronized (lock) {
            List<SourceAnswer> answers = new ArrayList<>();
            DescriptorLimit limit = readLimit(answers);
            DescriptorDirectory.Found found = descriptors.read(limit.soft(), answers);
            Inodes own = new Inodes(found.socketInodes().values());
            TcpRows rows = new TcpRows(own, ByteOrder.nativeOrder());
            answers.add(tcp.read(rows));
            answers.add(tcp6.read(rows));
            UnixInodes unixInodes = new UnixInodes(own);
            answers.add(unix.read(unixInodes));
            return new KernelSnapshot(
                    Collections.unmodifiableMap(found.socketInodes()),
                    Collections.unmodifiableMap(rows.byInode()),
                    Collections.unmodifiableSet(unixInodes.found()),
                    Collections.unmodifiableMap(rows.ownerless()),
                    found.open(),
                    limit.soft(),
                    Collections.unmodifiableList(answers));
        }
    }

    private DescriptorLimit readLimit(List<SourceAnswer> answers) {
        DescriptorLimit limit = new DescriptorLimit();
        SourceAnswer answer = limits.read(limit);
        boolean silent = answer.used() && !limit.isFound();
        answers.add(silent ? new SourceAnswer(answer.name(), false, "no limit in a row \"Max open files\"") : answer);
        return limit;
    }
}
