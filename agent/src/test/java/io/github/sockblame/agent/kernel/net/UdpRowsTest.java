// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.kernel.FakeProc;
import io.github.sockblame.agent.kernel.fd.InodeSet;
import io.github.sockblame.agent.kernel.proc.ProcFile;
import io.github.sockblame.agent.kernel.proc.SourceStatus;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Protocol;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that a kernel 6.18 printed on a little-endian machine. */
class UdpRowsTest {

    /** One datagram of 100 bytes waits, and takes 832 bytes of memory. */
    private static final String BOUND =
            "15732: 0100007F:9EFB 00000000:0000 07 00000000:00000340 00:00000000 00000000     0        0 1068021 2 "
                    + "00000000629faaaa 0       ";

    private static final String CONNECTED =
            "13248: 0100007F:D547 0100007F:9EFB 01 00000000:00000000 00:00000000 00000000     0        0 1068022 2 "
                    + "000000007223a3f7 0       ";
    private static final String ANY_ADDRESS =
            "13154: 00000000000000000000000000000000:14E9 00000000000000000000000000000000:0000 07 "
                    + "00000000:00000340 00:00000000 00000000     0        0 1068023 2 000000004d7d6224 0";
    private static final String MAPPED =
            " 9967: 0000000000000000FFFF00000100007F:C876 0000000000000000FFFF00000100007F:9EFB 01 "
                    + "00000000:00000000 00:00000000 00000000     0        0 1068024 2 00000000d2c6b748 0";
    private static final String IPV6 =
            "10687: 00000000000000000000000001000000:8B46 00000000000000000000000001000000:14E9 01 "
                    + "00000000:00000000 00:00000000 00000000     0        0 1068025 2 0000000076b9ae12 0";

    @TempDir
    Path folder;

    private FakeProc proc;
    private final UdpRows rows = new UdpRows(
            new InodeSet(List.of(1068021L, 1068022L, 1068023L, 1068024L, 1068025L)), ByteOrder.LITTLE_ENDIAN);

    @BeforeEach
    void create() {
        proc = FakeProc.bare(folder).udp().udp6();
    }

    @Test
    void readsTheIpv4Table() {
        proc.udp(CONNECTED, BOUND);

        assertThat(scan("net/udp"))
                .isEqualTo(new SourceStatus(proc.file("net/udp").toString(), true, null));
        assertThat(rows.byInode().values())
                .containsExactlyInAnyOrder(
                        new UdpRow(1068022, new Endpoint("127.0.0.1", 54599), new Endpoint("127.0.0.1", 40699), 0, 0),
                        new UdpRow(1068021, new Endpoint("127.0.0.1", 40699), new Endpoint("0.0.0.0", 0), 832, 0))
                .allMatch(row -> row.protocol() == Protocol.UDP);
    }

    @Test
    void readsTheIpv6Table() {
        proc.udp6(ANY_ADDRESS, MAPPED, IPV6);

        assertThat(scan("net/udp6").detail()).isNull();
        assertThat(rows.byInode().values())
                .containsExactlyInAnyOrder(
                        new UdpRow(1068023, new Endpoint("::", 5353), new Endpoint("::", 0), 832, 0),
                        new UdpRow(1068024, new Endpoint("127.0.0.1", 51318), new Endpoint("127.0.0.1", 40699), 0, 0),
                        new UdpRow(1068025, new Endpoint("::1", 35654), new Endpoint("::1", 5353), 0, 0));
    }

    @Test
    void readsBothQueues() {
        proc.udp(BOUND.replace("00000000:00000340", "0001F000:00000A2B"));
        scan("net/udp");

        assertThat(rows.byInode().get(1068021L))
                .isEqualTo(new UdpRow(
                        1068021, new Endpoint("127.0.0.1", 40699), new Endpoint("0.0.0.0", 0), 0xA2B, 0x1F000));
    }

    @Test
    void leavesOutWhatBelongsToOthersOrToTheKernelItself() {
        proc.udp(BOUND.replace("1068021", "99"), BOUND.replace("1068021", "0"), CONNECTED);

        assertThat(scan("net/udp").detail()).isNull();
        assertThat(rows.byInode()).containsOnlyKeys(1068022L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "15732:",
                "15732: 0100007F:9EFB 00000000:0000 07 00000000:00000340 00:00000000 00000000     0        0",
                "15732: 0100007F:9EFB 00000000:0000 ZZ 00000000:00000340 00:00000000 00000000 0 0 1068021 2 0 0",
                "15732: 0100007F:9EFB 00000000:0000 0F 00000000:00000340 00:00000000 00000000 0 0 1068021 2 0 0",
                "15732: 0100007F:9EFB 00000000:0000 07 00000000:00000340 00:00000000 00000000 0 0 -1068021 2 0 0",
                "15732: 0100007F:9EFB 00000000:0000 07 00000000:00000340 00:00000000 00000000 0 0 inode 2 0 0",
                "15732: 0100007:9EFB 00000000:0000 07 00000000:00000340 00:00000000 00000000 0 0 1068021 2 0 0",
                "15732: 0100007F:19EFB 00000000:0000 07 00000000:00000340 00:00000000 00000000 0 0 1068021 2 0 0",
                "15732: 0100007F:9EFB 00000000: 07 00000000:00000340 00:00000000 00000000 0 0 1068021 2 0 0",
                "15732: 0100007F:9EFB 00000000:0000 07 0000000000000340 00:00000000 00000000 0 0 1068021 2 0 0",
                "15732: 0100007F:9EFB 00000000:0000 07 xxxxxxxx:00000340 00:00000000 00000000 0 0 1068021 2 0 0",
            })
    void passesOverARowThatItDoesNotUnderstand(String garbled) {
        proc.udp(CONNECTED, garbled);
        SourceStatus answer = scan("net/udp");

        assertThat(answer.used()).isTrue();
        assertThat(answer.detail()).isEqualTo("1 row not understood");
        assertThat(rows.byInode()).containsOnlyKeys(1068022L);
    }

    private SourceStatus scan(String name) {
        return new ProcFile(proc.file(name).toFile(), "absent").read(rows);
    }
}
