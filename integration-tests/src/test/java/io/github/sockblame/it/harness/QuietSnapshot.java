// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harness;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Totals;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A report and what the kernel said just before and just after it, which was the same: so the report must say it too.
 *
 * @param report the report
 * @param kernel the kernel's word
 */
public record QuietSnapshot(ReportView report, KernelView kernel) {

    public static QuietSnapshot moment(TargetProcess target) throws Exception {
        return Await.value("a moment at which the kernel's tables stand still", () -> {
            KernelView before = KernelView.of(target.pid());
            ReportView report = target.report();
            KernelView after = KernelView.of(target.pid());
            return before.equals(after) ? Optional.of(new QuietSnapshot(report, after)) : Optional.empty();
        });
    }

    /** Every figure of the report against the kernel's, and no record without a socket. */
    public void checkTotals() throws UnknownHostException {
        checkTotalsAfterMissedEvents();
        assertThat(report.report().agent().unconfirmed()).isZero();
    }

    /** Every figure of the report against the kernel's. */
    public void checkTotalsAfterMissedEvents() throws UnknownHostException {
        Totals totals = report.report().totals();
        int sockets = kernel.inodes().size();
        assertThat(reportedInodes()).isEqualTo(kernel.inodes());
        assertThat(totals.sockets()).isEqualTo(sockets);
        assertThat(totals.tracked() + totals.untracked()).isEqualTo(sockets);
        assertThat(sumOfStates()).isEqualTo(sockets);
        assertThat(reportedStates()).isEqualTo(kernel.states());
        assertThat(kernel.states()).isNotEmpty();
        assertThat(reportedDatagrams()).isEqualTo(kernel.datagrams());
        assertThat(kernel.inodes().values().stream().filter(kernel.unix()::contains))
                .hasSize(count(Protocol.UNIX));
        assertThat(Stream.of(Protocol.values()).mapToInt(this::count).sum()).isEqualTo(sockets);
    }

    /** Inode by descriptor, as the report has it. */
    public SortedMap<Integer, Long> reportedInodes() {
        SortedMap<Integer, Long> inodes = new TreeMap<>();
        for (Socket socket : report.report().sockets()) {
            if (inodes.put(socket.fd(), socket.inode()) != null) {
                throw new AssertionError("descriptor " + socket.fd() + " twice in the report");
            }
        }
        return inodes;
    }

    /** TCP state by inode, as the report has it, of those that have a row in the kernel's table. */
    private Map<Long, TcpState> reportedStates() {
        Map<Long, TcpState> states = new TreeMap<>();
        for (Socket socket : report.report().sockets()) {
            TcpState state = socket.state();
            if (state != null && (state != TcpState.CLOSE || kernel.states().containsKey(socket.inode()))) {
                states.put(socket.inode(), state);
            }
        }
        return states;
    }

    /** Addresses and queues by inode, as the report has them, of the UDP sockets that have a row in the kernel's table. */
    private Map<Long, KernelView.Datagrams> reportedDatagrams() throws UnknownHostException {
        Map<Long, KernelView.Datagrams> datagrams = new TreeMap<>();
        for (Socket socket : report.report().sockets()) {
            if (socket.protocol() == Protocol.UDP && socket.local() != null) {
                datagrams.put(
                        socket.inode(),
                        new KernelView.Datagrams(
                                address(socket.local()),
                                address(requireNonNull(socket.remote())),
                                requireNonNull(socket.recvQ()),
                                requireNonNull(socket.sendQ())));
            }
        }
        return datagrams;
    }

    private static InetSocketAddress address(Endpoint endpoint) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByName(endpoint.address()), endpoint.port());
    }

    /** The number of sockets of this protocol, by the report's totals. */
    public int count(Protocol protocol) {
        return requireNonNull(report.report().totals().byProtocol()).getOrDefault(protocol, 0);
    }

    /** The sum over all figures of the report's totals that should equal the number of sockets. */
    private int sumOfStates() {
        return report.report().totals().notTcp()
                + report.report().totals().byState().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum();
    }
}
