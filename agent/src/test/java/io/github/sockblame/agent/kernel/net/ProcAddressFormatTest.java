// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Endpoint;
import java.net.InetAddress;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcAddressFormatTest {

    @ParameterizedTest
    @CsvSource({
        "0100007F, 127.0.0.1",
        "00000000, 0.0.0.0",
        "FFFFFFFF, 255.255.255.255",
        "0403020A, 10.2.3.4",
        "00000000000000000000000000000000, ::",
        "00000000000000000000000001000000, ::1",
        "0000000000000000FFFF00000100007F, 127.0.0.1",
        "0000000000000000FFFF0000FFFFFFFF, 255.255.255.255",
        "B80D0120000000000000000001000000, 2001:db8::1",
        "000080FE00000000FF005450FE010203, fe80::5054:ff:302:1fe",
    })
    void readsWordsOfALittleEndianHost(String digits, String address) {
        assertThat(text(digits, ByteOrder.LITTLE_ENDIAN)).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource({
        "7F000001, 127.0.0.1",
        "00000000000000000000FFFF0A020304, 10.2.3.4",
        "20010DB8000000000000000000000001, 2001:db8::1",
    })
    void readsWordsOfABigEndianHost(String digits, String address) {
        assertThat(text(digits, ByteOrder.BIG_ENDIAN)).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource({
        "20010DB8000000010001000100010001, 2001:db8:0:1:1:1:1:1", // one zero group stays
        "20010000000000010000000000000001, 2001:0:0:1::1", // the longest run
        "20010DB8000000000001000000000001, 2001:db8::1:0:0:1", // of two equal runs, the first
        "00010000000000000000000000000000, 1::",
        "00000000000000010002000300040005, ::1:2:3:4:5",
        "00010002000300040005000600070008, 1:2:3:4:5:6:7:8",
        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "0000000000000000000000000A020304, ::a02:304", // compatible, not mapped
        "00000000000000010000FFFF0A020304, ::1:0:ffff:a02:304", // no mapped one either
    })
    void writesIpv6AsRfc5952Says(String digits, String address) {
        assertThat(text(digits, ByteOrder.BIG_ENDIAN)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0100007",
                "0100007F0",
                "0100007G",
                "-100007F",
                "0000000000000000000000000100000G",
                "000000000000000000000000010000000"
            })
    void refusesWhatIsNoAddress(String digits) {
        assertThat(text(digits, ByteOrder.LITTLE_ENDIAN)).isNull();
    }

    @Test
    void formatReadsOnlyItsRange() {
        byte[] bytes = "xx0100007F:yy".getBytes(StandardCharsets.US_ASCII);
        assertThat(ProcAddressFormat.text(bytes, 2, 10, ByteOrder.LITTLE_ENDIAN))
                .isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.7", "255.0.0.1", "::", "::1", "2001:db8::1", "fe80::1:0:0:1"})
    void writesWhatJavaHasTheSameWay(String address) throws Exception {
        assertThat(ProcAddressFormat.endpoint(InetAddress.getByName(address).getAddress(), 443))
                .isEqualTo(new Endpoint(address, 443));
    }

    private static @Nullable String text(String digits, ByteOrder order) {
        byte[] bytes = digits.getBytes(StandardCharsets.US_ASCII);
        return ProcAddressFormat.text(bytes, 0, bytes.length, order);
    }
}
