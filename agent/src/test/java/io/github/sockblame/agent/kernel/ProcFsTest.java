// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.kernel.fd.InitialDescriptors;
import io.github.sockblame.agent.kernel.net.TcpRow;
import io.github.sockblame.agent.kernel.net.UdpRow;
import io.github.sockblame.agent.kernel.proc.SourceStatus;
import io.github.sockblame.report.TcpState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcFsTest {

    @TempDir
    Path folder;

    @Test
    void joinsDescriptorsAndRows() {
        KernelSnapshot snapshot = FakeProc.complete(folder)
                .socket(5, 100)
                .socket(6, 200)
                .socket(7, 300)
                .socket(9, 500)
                .socket(10, 600)
                .link(8, "pipe:[400]")
                .tcp(tcpRow("08", 100), tcpRow("01", 999), tcpRow("06", 0))
                .tcp6(tcpRow("0A", 200))
                .unix(unixRow(300, ""), unixRow(301, "/run/other.sock"))
                .udp(udpRow(500), udpRow(998))
                .udp6(udpRow(600))
                .procFs()
                .read();

        assertThat(snapshot.socketInodes()).hasToString("{5=100, 6=200, 7=300, 9=500, 10=600}");
        assertThat(snapshot.rowsByInode()).containsOnlyKeys(100L, 200L);
        assertThat(snapshot.rowsByInode().get(100L)).extracting(TcpRow::state).isEqualTo(TcpState.CLOSE_WAIT);
        assertThat(snapshot.udpRowsByInode()).containsOnlyKeys(500L, 600L);
        assertThat(snapshot.rowOf(100)).isInstanceOf(TcpRow.class);
        assertThat(snapshot.rowOf(500)).isInstanceOf(UdpRow.class);
        assertThat(snapshot.rowOf(300)).isNull();
        assertThat(snapshot.unixInodes()).containsExactly(300L);
        assertThat(snapshot.orphanRows()).containsOnlyKeys(TcpState.TIME_WAIT);
        assertThat(snapshot.openDescriptors()).isEqualTo(6);
        assertThat(snapshot.descriptorLimit()).isEqualTo(20_000);
        assertThat(snapshot.sources()).hasSize(10).allMatch(SourceStatus::used).allMatch(s -> s.detail() == null);
    }

    @Test
    void closedReaderOpensNoTableAndReportsIt() {
        ProcFs procFs =
                FakeProc.complete(folder).socket(5, 100).tcp(tcpRow("08", 100)).procFs();
        assertThat(procFs.read().rowsByInode()).containsOnlyKeys(100L);
        procFs.close();
        procFs.openFiles();
        KernelSnapshot snapshot = procFs.read();

        assertThat(snapshot.rowsByInode()).isEmpty();
        assertThat(snapshot.sources())
                .filteredOn(source -> source.name().endsWith("/net/tcp"))
                .singleElement()
                .satisfies(source -> assertThat(source.used()).isFalse())
                .satisfies(source -> assertThat(source.detail()).contains("detached"));
    }

    @Test
    void listsTheInodesAlone() {
        ProcFs procFs = FakeProc.complete(folder)
                .socket(0, 100)
                .socket(7, 100)
                .socket(8, 300)
                .link(9, "pipe:[400]")
                .procFs();

        assertThat(procFs.socketInodes(InitialDescriptors.all())).containsExactlyInAnyOrder(100L, 300L);
    }

    @Test
    void answersWithoutAnySource() {
        assertThat(new ProcFs(folder).socketInodes(InitialDescriptors.all())).isEmpty();
        KernelSnapshot snapshot = new ProcFs(folder).read();

        assertThat(snapshot.openDescriptors()).isEqualTo(-1);
        assertThat(snapshot.descriptorLimit()).isEqualTo(-1);
        assertThat(snapshot.socketInodes()).isEmpty();
        assertThat(snapshot.rowsByInode()).isEmpty();
        assertThat(snapshot.sources())
                .hasSize(8)
                .noneMatch(SourceStatus::used)
                .allMatch(s -> Objects.requireNonNull(s.detail()).startsWith("absent"));
    }

    /** Taken for what they are not, its rows would be connections in another state, and without an owner. */
    @Test
    void tableWithAnotherColumnInItsMiddleIsNotRead() {
        FakeProc proc = FakeProc.complete(folder).socket(5, 100);
        proc.content(
                "net/tcp",
                (FakeProc.TCP_HEADINGS.replace(" st ", " zone st ") + "\n"
                                + tcpRow("08", 100).replaceFirst(" 08 ", " 06 08 ") + "\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        KernelSnapshot snapshot = proc.procFs().read();

        assertThat(snapshot.rowsByInode()).isEmpty();
        assertThat(snapshot.orphanRows()).isEmpty();
        assertThat(snapshot.sources())
                .filteredOn(source -> source.name().endsWith("/net/tcp"))
                .containsExactly(new SourceStatus(proc.file("net/tcp").toString(), false, "unexpected columns"));
    }

    @Test
    void tableWithMoreColumnsAtItsEndIsRead() {
        FakeProc proc = FakeProc.complete(folder).socket(5, 100);
        proc.content(
                "net/tcp",
                (FakeProc.TCP_HEADINGS + " zone\n" + tcpRow("08", 100) + " 17\n")
                        .getBytes(StandardCharsets.ISO_8859_1));

        assertThat(proc.procFs().read().rowsByInode()).containsOnlyKeys(100L);
    }

    @Test
    void doesWithoutIpv6() {
        KernelSnapshot snapshot = FakeProc.complete(folder)
                .without("net/tcp6")
                .without("net/udp6")
                .socket(5, 100)
                .socket(6, 500)
                .tcp(tcpRow("08", 100))
                .udp(udpRow(500))
                .procFs()
                .read();

        assertThat(snapshot.rowsByInode()).containsOnlyKeys(100L);
        assertThat(snapshot.udpRowsByInode()).containsOnlyKeys(500L);
        for (String name : List.of("net/tcp6", "net/udp6")) {
            assertThat(answer(snapshot, name))
                    .isEqualTo(new SourceStatus(
                            folder.resolve("self").resolve(name).toString(),
                            false,
                            "absent, as on a host without IPv6"));
        }
    }

    @Test
    void udpTableIsReadOnlyForUnlistedSockets() {
        FakeProc proc = FakeProc.complete(folder)
                .socket(5, 100)
                .socket(6, 300)
                .tcp(tcpRow("01", 100))
                .unix(unixRow(300, ""));
        ProcFs procFs = proc.procFs();
        assertThat(procFs.read().sources())
                .extracting(SourceStatus::name)
                .noneMatch(name -> name.contains("net/udp"))
                .hasSize(8);

        proc.socket(7, 500).udp6(udpRow(500));
        assertThat(procFs.read().udpRowsByInode()).containsOnlyKeys(500L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limits", "net/tcp", "net/tcp6", "net/unix", "net/udp", "net/udp6"})
    void sourceReportsReadFailure(String name) {
        FakeProc proc =
                FakeProc.complete(folder).without(name).folder("self/" + name).socket(5, 100);
        SourceStatus answer = answer(proc.procFs().read(), name);

        assertThat(answer.used()).isFalse();
        assertThat(answer.detail()).isEqualTo("Is a directory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"net/tcp", "net/tcp6", "net/unix", "net/udp", "net/udp6"})
    void sourceReportsEmptyFile(String name) {
        FakeProc proc = FakeProc.complete(folder).content(name, new byte[0]).socket(5, 100);

        assertThat(answer(proc.procFs().read(), name))
                .isEqualTo(new SourceStatus(folder.resolve("self").resolve(name).toString(), false, "empty"));
    }

    @ParameterizedTest
    @CsvSource({"1024, 1024", "unlimited, -1", "1048576, 1048576"})
    void readsTheLimit(String printed, long limit) {
        KernelSnapshot snapshot =
                FakeProc.complete(folder).openFiles(printed).procFs().read();

        assertThat(snapshot.descriptorLimit()).isEqualTo(limit);
        assertThat(answer(snapshot, "limits").used()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Max open files            many   20000  files", "Max open files", "Max processes 1 2 processes"
            })
    void sourceReportsMissingLimit(String row) {
        byte[] text = ("Limit Soft Limit\n" + row + "\nMax file locks 1 2 locks\n").getBytes(StandardCharsets.US_ASCII);
        KernelSnapshot snapshot =
                FakeProc.complete(folder).content("limits", text).procFs().read();

        assertThat(snapshot.descriptorLimit()).isEqualTo(-1);
        assertThat(answer(snapshot, "limits").used()).isFalse();
        assertThat(answer(snapshot, "limits").detail()).isEqualTo("no limit in a row \"Max open files\"");
    }

    @Test
    void findsUnixSocketsBetweenRowsThatAPathTore() {
        KernelSnapshot snapshot = FakeProc.complete(folder)
                .socket(5, 100)
                .unix(unixRow(99, "/tmp/with\na line feed"), unixRow(100, "@abstract name"))
                .procFs()
                .read();

        assertThat(snapshot.unixInodes()).containsExactly(100L);
        assertThat(answer(snapshot, "net/unix").detail()).isEqualTo("1 row not understood");
    }

    @Test
    void readsAgainFromTheStart() {
        FakeProc proc = FakeProc.complete(folder).socket(5, 100).tcp(tcpRow("01", 100), tcpRow("01", 999));
        ProcFs procFs = proc.procFs();
        assertThat(procFs.read().rowsByInode().get(100L))
                .extracting(TcpRow::state)
                .isEqualTo(TcpState.ESTABLISHED);

        proc.tcp(tcpRow("08", 100)).openFiles("77").socket(6, 200).tcp6(tcpRow("0A", 200));
        KernelSnapshot second = procFs.read();

        assertThat(second.rowsByInode().get(100L)).extracting(TcpRow::state).isEqualTo(TcpState.CLOSE_WAIT);
        assertThat(second.rowsByInode().get(200L)).extracting(TcpRow::state).isEqualTo(TcpState.LISTEN);
        assertThat(second.descriptorLimit()).isEqualTo(77);
    }

    @Test
    void keepsItsFilesOpen() {
        FakeProc proc = FakeProc.complete(folder)
                .socket(5, 100)
                .socket(6, 500)
                .tcp(tcpRow("01", 100))
                .udp(udpRow(500));
        ProcFs procFs = proc.procFs();
        procFs.openFiles();
        procFs.openFiles();
        // What is open is still there when its name is gone: nothing was opened anew.
        for (String name : List.of(
                "net/tcp",
                "net/tcp6",
                "net/unix",
                "net/udp",
                "net/udp6",
                "limits",
                "net/netstat",
                "../sys/net/core/somaxconn",
                "../sys/net/ipv4/ip_local_port_range")) {
            proc.without(name);
        }

        KernelSnapshot snapshot = procFs.read();
        assertThat(snapshot.rowsByInode()).containsOnlyKeys(100L);
        assertThat(snapshot.udpRowsByInode()).containsOnlyKeys(500L);
        assertThat(snapshot.descriptorLimit()).isEqualTo(20_000);
        assertThat(snapshot.sources()).hasSize(10).allMatch(SourceStatus::used);
    }

    @Test
    void findsAFileThatCameLater() {
        FakeProc proc = FakeProc.complete(folder).without("net/tcp").socket(5, 100);
        ProcFs procFs = proc.procFs();
        procFs.openFiles();
        assertThat(answer(procFs.read(), "net/tcp").used()).isFalse();

        proc.tcp(tcpRow("01", 100));
        assertThat(procFs.read().rowsByInode()).containsOnlyKeys(100L);
    }

    private SourceStatus answer(KernelSnapshot snapshot, String name) {
        String path = folder.resolve("self").resolve(name).toString();
        return snapshot.sources().stream()
                .filter(s -> s.name().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private static String tcpRow(String state, long inode) {
        return "   0: 0100007F:ACF1 0100007F:C9D3 " + state + " 00000000:00000000 00:00000000 00000000     0        0 "
                + inode + " 1 0000000000000000";
    }

    private static String udpRow(long inode) {
        return "13248: 0100007F:D547 0100007F:9EFB 01 00000000:00000000 00:00000000 00000000     0        0 " + inode
                + " 2 000000007223a3f7 0       ";
    }

    private static String unixRow(long inode, String path) {
        return "0000000000000000: 00000003 00000000 00000000 0001 03 " + inode + " " + path;
    }
}
