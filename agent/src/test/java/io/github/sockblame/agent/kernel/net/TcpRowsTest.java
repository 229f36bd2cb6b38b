// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.kernel.FakeProc;
import io.github.sockblame.agent.kernel.fd.InodeSet;
import io.github.sockblame.agent.kernel.proc.PortRange;
import io.github.sockblame.agent.kernel.proc.ProcFile;
import io.github.sockblame.agent.kernel.proc.SourceStatus;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.TcpState;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that a kernel 6.18 printed on a little-endian machine. */
class TcpRowsTest {

    private static final String LISTEN =
            "   0: 0100007F:ACF1 00000000:0000 0A 00000000:00000003 00:00000000 00000000     0        0 12662 1 "
                    + "00000000a077f0dd 100 0 0 10 0                    ";
    private static final String CLOSE_WAIT =
            "   5: 0100007F:C9D3 0100007F:8B2E 08 00000000:00000006 00:00000000 00000000     0        0 12661 2 "
                    + "0000000030b9c2df 20 4 31 10 -1                   ";
    private static final String FIN_WAIT1 =
            "   3: 0100007F:8B2E 0100007F:C9D3 04 00000001:00000000 01:00000014 00000002     0        0 0 2 "
                    + "00000000cacb360a 20 0 0 11 -1                        ";
    private static final String TIME_WAIT =
            "   4: 0100007F:ACF1 0100007F:B4AC 06 00000000:00000000 03:00001770 00000000     0        0 0 3 "
                    + "000000005796130b                                     ";
    private static final String MAPPED_CLOSE_WAIT =
            "   2: 0000000000000000FFFF00000100007F:D30F 0000000000000000FFFF00000100007F:8330 08 "
                    + "00000000:00000001 00:00000000 00000000     0        0 12670 1 00000000f670b03e 20 4 0 10 -1";
    private static final String IPV6_ESTABLISHED =
            "   3: 00000000000000000000000001000000:A183 00000000000000000000000001000000:CF66 01 "
                    + "00000000:00000000 00:00000000 00000000     0        0 12667 1 00000000bc07c543 20 0 0 10 -1";

    @TempDir
    Path folder;

    private FakeProc proc;
    private final TcpRows rows = new TcpRows(
            new InodeSet(List.of(12661L, 12662L, 12667L, 12670L)),
            new PortRange(),
            ByteOrder.LITTLE_ENDIAN,
            () -> false);

    @BeforeEach
    void create() {
        proc = FakeProc.bare(folder);
    }

    @Test
    void readsTheIpv4Table() {
        SourceStatus answer = scan(proc.tcp(LISTEN, FIN_WAIT1, TIME_WAIT, CLOSE_WAIT));

        assertThat(answer).isEqualTo(new SourceStatus(proc.file("net/tcp").toString(), true, null));
        assertThat(rows.byInode().values())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("rest")
                .containsExactlyInAnyOrder(
                        new TcpRow(
                                12662,
                                TcpState.LISTEN,
                                new Endpoint("127.0.0.1", 44273),
                                new Endpoint("0.0.0.0", 0),
                                3,
                                0,
                                0,
                                0,
                                0,
                                0),
                        new TcpRow(
                                12661,
                                TcpState.CLOSE_WAIT,
                                new Endpoint("127.0.0.1", 51667),
                                new Endpoint("127.0.0.1", 35630),
                                6,
                                0,
                                0,
                                0,
                                0,
                                0));
    }

    @Test
    void readsTheIpv6Table() {
        proc.tcp6(MAPPED_CLOSE_WAIT, IPV6_ESTABLISHED);
        SourceStatus answer = scan("net/tcp6");

        assertThat(answer.used()).isTrue();
        assertThat(rows.byInode().get(12670L))
                .usingRecursiveComparison()
                .ignoringFields("rest")
                .isEqualTo(new TcpRow(
                        12670,
                        TcpState.CLOSE_WAIT,
                        new Endpoint("127.0.0.1", 54031),
                        new Endpoint("127.0.0.1", 33584),
                        1,
                        0,
                        0,
                        0,
                        0,
                        0));
        assertThat(rows.byInode().get(12667L))
                .usingRecursiveComparison()
                .ignoringFields("rest")
                .isEqualTo(new TcpRow(
                        12667,
                        TcpState.ESTABLISHED,
                        new Endpoint("::1", 41347),
                        new Endpoint("::1", 53094),
                        0,
                        0,
                        0,
                        0,
                        0,
                        0));
    }

    @Test
    void readsQueuesTimerAndRetransmits() {
        scan(proc.tcp(
                "   9: 0403020A:01BB 0503020A:C000 01 0001F000:00000A2B 04:000004E2 0000000A  1000        3 12661 3 "
                        + "0000000000000000 20 4 31 10 -1"));

        assertThat(rows.byInode().get(12661L))
                .usingRecursiveComparison()
                .ignoringFields("rest")
                .isEqualTo(new TcpRow(
                        12661,
                        TcpState.ESTABLISHED,
                        new Endpoint("10.2.3.4", 443),
                        new Endpoint("10.2.3.5", 49152),
                        0xA2B,
                        0x1F000,
                        4,
                        10,
                        3,
                        0));
    }

    @Test
    void countsRowsWithoutInodeByState() {
        scan(proc.tcp(TIME_WAIT, FIN_WAIT1, TIME_WAIT, LISTEN));

        assertThat(rows.orphanRows()).isEqualTo(Map.of(TcpState.TIME_WAIT, 2, TcpState.FIN_WAIT1, 1));
    }

    @Test
    void readsRowsWhoseColumnsGrew() {
        SourceStatus answer =
                scan(proc.tcp("123456" + CLOSE_WAIT.substring(4).replace(" 0 12661", " 4294967294 12661")));

        assertThat(answer.detail()).isNull();
        assertThat(rows.byInode()).containsOnlyKeys(12661L);
    }

    @Test
    void keepsTheLaterOfTwoRowsOfOneSocket() {
        scan(proc.tcp(CLOSE_WAIT.replace(" 08 ", " 01 "), LISTEN, CLOSE_WAIT));

        assertThat(rows.byInode()).containsOnlyKeys(12661L, 12662L);
        assertThat(rows.byInode().get(12661L)).extracting(TcpRow::state).isEqualTo(TcpState.CLOSE_WAIT);
    }

    @Test
    void leavesRowsOfOtherProcessesOut() {
        SourceStatus answer = scan(proc.tcp(CLOSE_WAIT.replace("12661", "99"), LISTEN));

        assertThat(answer.detail()).isNull();
        assertThat(rows.byInode()).containsOnlyKeys(12662L);
        assertThat(rows.orphanRows()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   5:",
                "   5: 0100007F:C9D3 0100007F:8B2E 08 00000000:00000006 00:00000000 00000000     0        0",
                "   5: 0100007F:C9D3 0100007F:8B2E ZZ 00000000:00000006 00:00000000 00000000     0        0 12661 2",
                "   5: 0100007F:C9D3 0100007F:8B2E 0F 00000000:00000006 00:00000000 00000000     0        0 12661 2",
                "   5: 0100007F:C9D3 0100007F:8B2E 100000008 00000000:00000006 00:00000000 00000000 0 0 12661 2",
                "   5: 0100007F:C9D3 0100007F:8B2E 08 00000000:00000006 00:00000000 00000000     0        0 -12661 2",
                "   5: 0100007F:C9D3 0100007F:8B2E 08 00000000:00000006 00:00000000 00000000     0        0 0x3175 2",
                "   5: 0100007F:C9D3 0100007F:8B2E 08 00000000:00000006 00:00000000 00000000 0 0 99999999999999999999 2",
                "   5: 0100007:C9D3 0100007F:8B2E 08 00000000:00000006 00:00000000 00000000     0        0 12661 2",
                "   5: 0100007F:1C9D3 0100007F:8B2E 08 00000000:00000006 00:00000000 00000000     0        0 12661 2",
                "   5: 0100007FC9D3 0100007F:8B2E 08 00000000:00000006 00:00000000 00000000     0        0 12661 2",
                "   5: 0100007F:C9D3 0100007F: 08 00000000:00000006 00:00000000 00000000     0        0 12661 2",
                "   5: 0100007F:C9D3 0100007F:8B2E 08 0000000000000006 00:00000000 00000000     0        0 12661 2",
                "   5: 0100007F:C9D3 0100007F:8B2E 08 00000000:0000000000000006 00:00000000 00000000 0 0 12661 2",
                "   5: 0100007F:C9D3 0100007F:8B2E 08 00000000:00000006 :00000000 00000000     0        0 12661 2",
                "   5: 0100007F:C9D3 0100007F:8B2E 08 00000000:00000006 00:00000000 retrans     0        0 12661 2",
            })
    void passesOverARowThatItDoesNotUnderstand(String garbled) {
        SourceStatus answer = scan(proc.tcp(LISTEN, garbled, TIME_WAIT));

        assertThat(answer.used()).isTrue();
        assertThat(answer.detail()).isEqualTo("1 row not understood");
        assertThat(rows.byInode()).containsOnlyKeys(12662L);
        assertThat(rows.orphanRows()).containsOnlyKeys(TcpState.TIME_WAIT);
    }

    @Test
    void theRestIsSkippedOnDemand() {
        TcpRows stopped =
                new TcpRows(new InodeSet(List.of(12661L)), new PortRange(), ByteOrder.LITTLE_ENDIAN, () -> true);
        String text = FakeProc.TCP_HEADINGS + "\n" + (CLOSE_WAIT + "\n").repeat(1000);
        proc.content("net/tcp", text.getBytes(StandardCharsets.US_ASCII));

        SourceStatus unused = new ProcFile(proc.file("net/tcp").toFile(), "absent").read(stopped);

        assertThat(stopped.isStopped()).isTrue();
        assertThat(stopped.byInode()).as("the rows until then").hasSize(1);
    }

    @Test
    void doesNotTakeHalfAnInodeForAnother() {
        // Cut within the inode: 1266 is somebody's too.
        TcpRows narrow =
                new TcpRows(new InodeSet(List.of(1266L)), new PortRange(), ByteOrder.LITTLE_ENDIAN, () -> false);
        String text = FakeProc.TCP_HEADINGS + "\n" + CLOSE_WAIT.substring(0, CLOSE_WAIT.indexOf("12661") + 4);
        proc.content("net/tcp", text.getBytes(StandardCharsets.US_ASCII));

        SourceStatus answer = new ProcFile(proc.file("net/tcp").toFile(), "absent").read(narrow);

        assertThat(answer.detail()).isEqualTo("1 row not understood");
        assertThat(narrow.byInode()).isEmpty();
    }

    @Test
    void isNotUsedIfNothingIsUnderstood() {
        byte[] junk = new byte[30_000];
        for (int i = 0; i < junk.length; i++) {
            junk[i] = (byte) (i * 31 + i / 256);
        }
        byte[] headings = (FakeProc.TCP_HEADINGS + "\n").getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(headings, 0, junk, 0, headings.length);
        SourceStatus answer = scan(proc.content("net/tcp", junk));

        assertThat(answer.used()).isFalse();
        assertThat(answer.detail()).endsWith("rows not understood");
        assertThat(rows.byInode()).isEmpty();
    }

    @Test
    void readsALargeTable() {
        List<String> table = new ArrayList<>();
        for (int i = 1; i <= 20_000; i++) {
            table.add(CLOSE_WAIT.replace("12661", String.valueOf(100_000 + i)));
        }
        table.add(10_000, LISTEN);
        table.add(CLOSE_WAIT);
        SourceStatus answer = scan(proc.tcp(table.toArray(new String[0])));

        assertThat(answer.detail()).isNull();
        assertThat(rows.byInode()).containsOnlyKeys(12661L, 12662L);
    }

    private SourceStatus scan(FakeProc proc) {
        assertThat(proc).isSameAs(this.proc);
        return scan("net/tcp");
    }

    private SourceStatus scan(String name) {
        return new ProcFile(proc.file(name).toFile(), "absent").read(rows);
    }
}
