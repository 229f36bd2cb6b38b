// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.kernel.net.ClosedConnectionTable;
import io.github.sockblame.agent.kernel.net.ConnectionKey;
import io.github.sockblame.agent.kernel.net.EphemeralPortCounter;
import io.github.sockblame.agent.kernel.net.LocalPorts;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.TcpState;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one reading says of rows that nobody owns any more, and of the ports that they take. */
class AfterCloseRowsTest {

    private static final String PEER = "0100007F:18EB"; // 127.0.0.1:6379

    @TempDir
    Path folder;

    private FakeProc proc;

    @BeforeEach
    void create() {
        proc = FakeProc.complete(folder).portRange("32768\t60999");
    }

    @Test
    void aRowIsFoundByItsPortsAndItsRemoteAddress() {
        proc.tcp(row(35630, PEER, 6, "03:00000A8C", 0), row(35631, PEER, 5, "03:00000001", 0));

        ClosedConnectionTable rows = read().closedRows();
        assertThat(rows.find(key(35630))).isEqualTo(new ClosedConnectionTable.Row(TcpState.TIME_WAIT, 27_000));
        assertThat(rows.find(key(35631))).isEqualTo(new ClosedConnectionTable.Row(TcpState.FIN_WAIT2, 10));
        assertThat(rows.find(key(35632))).isNull();
        assertThat(rows.isComplete()).isTrue();
    }

    @Test
    void onlyClosedOrphanRowsAreKept() {
        proc.tcp(
                row(1, PEER, 1, "00:00000000", 0),
                row(2, PEER, 8, "00:00000000", 0),
                row(3, PEER, 5, "00:00000000", 777),
                row(4, PEER, 4, "01:00000014", 0),
                row(5, PEER, 9, "01:00000014", 0),
                row(6, PEER, 11, "01:00000014", 0));

        assertThat(read().closedRows().byState())
                .isEqualTo(Map.of(TcpState.FIN_WAIT1, 1, TcpState.LAST_ACK, 1, TcpState.CLOSING, 1));
    }

    @Test
    void repeatedRowCountsOnceInLaterState() {
        proc.tcp(row(35630, PEER, 5, "03:00000500", 0), row(35630, PEER, 6, "03:00001770", 0));

        ClosedConnectionTable rows = read().closedRows();
        assertThat(rows.byState()).isEqualTo(Map.of(TcpState.TIME_WAIT, 1));
        assertThat(rows.find(key(35630))).isEqualTo(new ClosedConnectionTable.Row(TcpState.TIME_WAIT, 60_000));
        assertThat(read().localPorts().inUse()).isEqualTo(Map.of(new Endpoint("127.0.0.1", 6379), 1));
    }

    @Test
    void noneOfManyIsLost() throws Exception {
        List<String> many = new ArrayList<>();
        for (int port = 32768; port < 61000; port++) {
            many.add(row(port, PEER, 6, "03:00001000", 0));
        }
        proc.tcp(many.toArray(String[]::new));

        KernelSnapshot kernel = read();
        assertThat(kernel.closedRows().byState()).isEqualTo(Map.of(TcpState.TIME_WAIT, 28_232));
        assertThat(kernel.closedRows().find(key(32768))).isNotNull();
        assertThat(kernel.closedRows().find(key(60999))).isNotNull();
        LocalPorts ports = kernel.localPorts();
        assertThat(ports.inUse()).isEqualTo(Map.of(new Endpoint("127.0.0.1", 6379), 28_232));
        assertThat(ports.first()).isEqualTo(32768);
        assertThat(ports.last()).isEqualTo(60999);
        assertThat(ports.complete()).isTrue();
    }

    @Test
    void portsOfAllStatesAndProcessesAreCounted() {
        proc.tcp(row(40000, PEER, 1, "00:00000000", 777), row(40001, PEER, 6, "03:00001000", 0))
                .tcp6(row(40002, "0000000000000000FFFF0000" + PEER, 8, "00:00000000", 778));

        assertThat(read().localPorts().inUse()).isEqualTo(Map.of(new Endpoint("127.0.0.1", 6379), 3));
    }

    @Test
    void acceptedAndOutOfRangePortsAreSkipped() {
        proc.tcp(
                row(40000, "00000000:0000", 10, "00:00000000", 777),
                row(40000, "0200007F:9000", 1, "00:00000000", 778),
                row(40000, "0200007F:9001", 6, "03:00001000", 0),
                row(32767, PEER, 1, "00:00000000", 779),
                row(61000, PEER, 1, "00:00000000", 780));

        assertThat(read().localPorts().inUse()).isEmpty();
    }

    /** As on a host where something else has just had connections to thousands of endpoints, and the fullest is in the second table. */
    @Test
    void theFullestIsFoundBehindManyOthers() {
        proc.tcp(toDifferentEndpoints(20_000))
                .tcp6(
                        row(40000, "0000000000000000FFFF0000" + PEER, 6, "03:00001000", 0),
                        row(40001, "0000000000000000FFFF0000" + PEER, 6, "03:00001000", 0));

        LocalPorts ports = read().localPorts();
        assertThat(ports.inUse()).hasSize(20_001).containsEntry(new Endpoint("127.0.0.1", 6379), 2);
        assertThat(ports.complete()).isTrue();
    }

    @Test
    void excessEndpointsMakeCountIncomplete() {
        proc.tcp(toDifferentEndpoints(EphemeralPortCounter.MOST_ENDPOINTS + 1));

        LocalPorts ports = read().localPorts();
        assertThat(ports.inUse()).hasSize(EphemeralPortCounter.MOST_ENDPOINTS);
        assertThat(ports.complete()).isFalse();
    }

    private static String[] toDifferentEndpoints(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> row(40000, String.format(Locale.ROOT, "%08X:01BB", i + 1), 1, "00:00000000", 900 + i))
                .toArray(String[]::new);
    }

    @Test
    void unknownRangeCountsNoPorts() {
        for (String range : List.of("", "none", "5\t4", "1\t70000", "7")) {
            proc.portRange(range).tcp(row(40000, PEER, 1, "00:00000000", 777));

            KernelSnapshot kernel = read();
            assertThat(kernel.localPorts().first()).as(range).isEqualTo(-1);
            assertThat(kernel.localPorts().inUse()).as(range).isEmpty();
        }
    }

    private KernelSnapshot read() {
        return proc.procFs().read();
    }

    private static long key(int localPort) {
        return ConnectionKey.of(InetAddress.getLoopbackAddress().getAddress(), 6379, localPort);
    }

    private static String row(int localPort, String remote, int state, String timer, long inode) {
        String local = remote.length() > 13 ? "0000000000000000FFFF00000100007F" : "0100007F";
        return String.format(
                Locale.ROOT,
                "   4: %s:%04X %s %02X 00000000:00000000 %s 00000000     0        0 %d 3 000000005796130b",
                local,
                localPort,
                remote,
                state,
                timer,
                inode);
    }
}
