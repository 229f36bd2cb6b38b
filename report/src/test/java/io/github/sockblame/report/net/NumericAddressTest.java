// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumericAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.2.3.4",
                "255.255.255.255",
                "::",
                "::1",
                "1::",
                "2001:db8::1",
                "2001:db8:0:0:0:0:0:1",
                "fe80::1:0:0:2",
                "1:2:3:4:5:6:7:8",
                "::ffff:10.2.3.4",
                "64:ff9b::10.2.3.4",
                "1::2:3:4:5:6:7",
                "ABCD::ef"
            })
    void readsWhatTheJdkReads(String text) throws Exception {
        assertThat(NumericAddress.parse(text))
                .isEqualTo(InetAddress.getByName(text).getAddress());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10",
                "10.2.3",
                "10.2.3.4.5",
                "10.2.3.256",
                "10.2.3.",
                "10.2.3.1234",
                "+1.2.3.4",
                "a.b.c.d",
                ":",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4::5:6:7:8",
                ":1:2:3:4:5:6:7",
                "12345::",
                "g::",
                "fe80::1%eth0",
                "[::1]",
                "1.2.3.4::",
                "١.2.3.4"
            })
    void readsNothingElse(String text) {
        assertThat(NumericAddress.parse(text)).isNull();
    }

    @Test
    void oneAddressInTwoSpellingsIsOne() {
        assertThat(NumericAddress.parse("::ffff:a02:304")).isEqualTo(NumericAddress.parse("10.2.3.4"));
    }
}
