// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.kernel.proc.SourceStatus;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.TcpState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rows that a kernel 6.18 printed on a little-endian machine: six clients at a listener of backlog 3, of which the first has given up,
 * and two at one that serves IPv4 as well.
 */
class AcceptQueuesTest {

    private static final Endpoint LISTENER = new Endpoint("127.0.0.1", 0x8B81);

    private static final String LISTEN =
            "   1: 0100007F:8B81 00000000:0000 0A 00000000:00000004 00:00000000 00000000     0        0 4167695 5 "
                    + "00000000184fd766 100 0 0 10 0                   ";
    private static final String[] CONNECTIONS = {
        "   2: 0100007F:8B81 0100007F:E800 01 00000000:00000000 00:00000000 00000000     0        0 0 1 "
                + "000000002af317e8 21 0 0 10 -1                         ",
        "   3: 0100007F:E7EE 0100007F:8B81 05 00000000:00000000 03:00001752 00000000     0        0 0 3 "
                + "000000008b2fc01f                                      ",
        "   4: 0100007F:E7F6 0100007F:8B81 01 00000000:00000000 00:00000000 00000000     0        0 4167697 2 "
                + "00000000ee24e426 21 0 0 10 -1                   ",
        "   7: 0100007F:E812 0100007F:8B81 02 00000001:00000000 01:00000046 00000000     0        0 4167700 2 "
                + "000000001ab7e71a 100 0 0 10 -1                  ",
        "   9: 0100007F:8B81 0100007F:E808 01 00000000:00000000 00:00000000 00000000     0        0 0 1 "
                + "00000000fb733de4 21 0 0 10 -1                         ",
        "  10: 0100007F:8B81 0100007F:E7EE 08 00000000:00000001 00:00000000 00000000     0        0 0 1 "
                + "000000005e1839a0 21 4 0 10 -1                         ",
        "  11: 0100007F:8B81 0100007F:E7F6 01 00000000:00000000 00:00000000 00000000     0        0 0 1 "
                + "00000000ecda7de9 21 0 0 10 -1                         "
    };
    private static final String LISTEN_BOTH =
            "   2: 00000000000000000000000000000000:B279 00000000000000000000000000000000:0000 0A "
                    + "00000000:00000002 00:00000000 00000000     0        0 4167712 3 00000000bd436dce 100 0 0 10 0";
    private static final String MAPPED =
            " 135: 0000000000000000FFFF00000100007F:B279 0000000000000000FFFF00000100007F:B764 08 "
                    + "00000000:00000001 00:00000000 00000000     0        0 0 1 00000000ba9524cb 20 4 0 10 -1";
    private static final String IPV6 =
            " 237: 00000000000000000000000001000000:B279 00000000000000000000000001000000:DB74 01 "
                    + "00000000:00000000 00:00000000 00000000     0        0 0 1 00000000d6a31a5c 20 0 0 10 -1";

    @TempDir
    Path folder;

    private FakeProc proc;

    @BeforeEach
    void create() {
        proc = FakeProc.complete(folder);
    }

    private AcceptQueues read() {
        return proc.procFs().read().acceptQueues();
    }

    private static String[] with(String first, String... others) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(List.of(others));
        return all.toArray(new String[0]);
    }

    @Test
    void waitingConnectionsAreCountedByAddressAndState() {
        proc.socket(5, 4167695).tcp(with(LISTEN, CONNECTIONS));
        KernelSnapshot snapshot = proc.procFs().read();

        assertThat(snapshot.acceptQueues().waiting())
                .isEqualTo(Map.of(LISTENER, Map.of(TcpState.ESTABLISHED, 3, TcpState.CLOSE_WAIT, 1)));
        assertThat(requireNonNull(snapshot.rowsByInode().get(4167695L)).recvQ())
                .as("the kernel's own figure")
                .isEqualTo(4);
        assertThat(snapshot.orphanRows()).as("still counted").containsEntry(TcpState.CLOSE_WAIT, 1);
        assertThat(snapshot.acceptQueues().foreignListeners()).isEmpty();
    }

    /** As the kernel does when the table grows while it is read. */
    @Test
    void aRowThatComesTwiceCountsOnce() {
        proc.tcp(with(LISTEN, with(CONNECTIONS[0], CONNECTIONS))).tcp6(LISTEN_BOTH, LISTEN_BOTH);

        assertThat(read().waiting())
                .isEqualTo(Map.of(LISTENER, Map.of(TcpState.ESTABLISHED, 3, TcpState.CLOSE_WAIT, 1)));
        assertThat(read().foreignListeners()).containsExactly(LISTENER, new Endpoint("::", 0xB279));
    }

    @Test
    void manyWaitAtOneAddress() {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            rows.add(CONNECTIONS[0].replace("E800", String.format("%04X", 1024 + i)));
        }

        assertThat(read(rows)).isEqualTo(Map.of(LISTENER, Map.of(TcpState.ESTABLISHED, 5000)));
    }

    @Test
    void aMappedAddressIsTheIpv4OneWhereverItsRowStands() {
        String halfOpen = MAPPED.replace(" 08 ", " 03 ").replace("B764", "B765");
        proc.tcp(CONNECTIONS[5].replace("8B81 0", "B279 0")).tcp6(LISTEN_BOTH, MAPPED, IPV6, halfOpen);

        assertThat(read().waiting())
                .isEqualTo(Map.of(
                        new Endpoint("127.0.0.1", 0xB279),
                        Map.of(TcpState.CLOSE_WAIT, 2, TcpState.SYN_RECV, 1),
                        new Endpoint("::1", 0xB279),
                        Map.of(TcpState.ESTABLISHED, 1)));
    }

    @Test
    void foreignListenerIsListedByAddress() {
        proc.tcp(with(LISTEN, CONNECTIONS)).tcp6(LISTEN_BOTH);

        assertThat(read().foreignListeners()).containsExactly(LISTENER, new Endpoint("::", 0xB279));
    }

    @Test
    void tooManyAddressesAreNotCounted() {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 512; i++) {
            rows.add(CONNECTIONS[0].replace("8B81", String.format("%04X", 1024 + i)));
        }
        assertThat(requireNonNull(read(rows))).hasSize(512);
        rows.add(CONNECTIONS[0]);
        assertThat(read(rows)).isNull();
    }

    private @Nullable Map<Endpoint, Map<TcpState, Integer>> read(List<String> rows) {
        proc.tcp(rows.toArray(new String[0]));
        return read().waiting();
    }

    @Test
    void readsTheNamespacesCountersAndItsBound() {
        proc.listenCounters(163_605, 163_607).somaxconn("128");

        assertThat(read().overflows()).isEqualTo(163_605);
        assertThat(read().drops()).isEqualTo(163_607);
        assertThat(read().mostBacklog()).isEqualTo(128);
    }

    /** The names in the order of a kernel 6.18, all of them up to those that matter, and both groups. */
    @Test
    void findsTheCountersByName() {
        String names = "SyncookiesSent SyncookiesRecv SyncookiesFailed EmbryonicRsts PruneCalled RcvPruned OfoPruned"
                + " OutOfWindowIcmps LockDroppedIcmps ArpFilter TW TWRecycled TWKilled PAWSActive PAWSEstab BeyondWindow"
                + " TSEcrRejected PAWSOldAck PAWSTimewait DelayedACKs DelayedACKLocked DelayedACKLost ListenOverflows"
                + " ListenDrops TCPHPHits TCPPureAcks";
        String values = "0 0 0 0 0 0 0 0 0 0 308274 1062 0 0 1 0 0 3 9 231234 24 5746 5865 5866 163605 900566";
        proc.content(
                "net/netstat",
                ("TcpExt: " + names + "\nTcpExt: " + values + "\nIpExt: ListenOverflows\nIpExt: 7\n")
                        .getBytes(StandardCharsets.US_ASCII));

        assertThat(read().overflows()).isEqualTo(5865);
        assertThat(read().drops()).isEqualTo(5866);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TcpExt: TW ListenDrops\nTcpExt: 5 7\n",
                "TcpExt: ListenOverflows ListenDrops\nTcpExt: 5\n",
                "TcpExt: ListenOverflows ListenDrops\nTcpExt: x y\n",
                "TcpExt: ListenOverflows ListenDrops\n"
            })
    void missingCountersAreUnknown(String text) {
        proc.content("net/netstat", text.getBytes(StandardCharsets.US_ASCII)).somaxconn("many");
        KernelSnapshot snapshot = proc.procFs().read();

        assertThat(Math.min(
                        snapshot.acceptQueues().overflows(),
                        snapshot.acceptQueues().drops()))
                .isEqualTo(-1);
        assertThat(snapshot.acceptQueues().mostBacklog()).isEqualTo(-1);
        assertThat(snapshot.sources())
                .filteredOn(source -> source.name().endsWith("somaxconn"))
                .noneMatch(SourceStatus::used);
    }

    @Test
    void theQueuesAloneAreReadWithoutTheConnections() {
        proc.tcp(with(LISTEN, CONNECTIONS)).tcp6(LISTEN_BOTH, MAPPED, IPV6);
        ProcFs procFs = proc.procFs();

        assertThat(procFs.readQueues(List.of(4167695L, 4167712L, 1L))).isEqualTo(Map.of(4167695L, 4L, 4167712L, 2L));
        assertThat(procFs.readQueues(List.of(4167712L))).isEqualTo(Map.of(4167712L, 2L));
    }

    @Test
    void aListenerIsSoughtInTheTableWhereItWasFound() {
        proc.tcp(with(LISTEN, CONNECTIONS)).tcp6(LISTEN_BOTH, MAPPED, IPV6);
        ProcFs procFs = proc.procFs();
        assertThat(procFs.readQueues(List.of(4167695L, 4167712L))).hasSize(2);

        proc.tcp(with(LISTEN_BOTH, CONNECTIONS)).tcp6(LISTEN);
        assertThat(procFs.readQueues(List.of(4167695L, 4167712L))).isEmpty();
        assertThat(procFs.readQueues(List.of()))
                .as("forgets what is asked for no more")
                .isEmpty();
        assertThat(procFs.readQueues(List.of(4167695L, 4167712L))).hasSize(2);
    }

    @Test
    void missingListenerRowGivesNoQueue() {
        proc.tcp(CONNECTIONS).without("net/tcp6");

        assertThat(proc.procFs().readQueues(List.of(4167695L))).isEmpty();
    }
}
