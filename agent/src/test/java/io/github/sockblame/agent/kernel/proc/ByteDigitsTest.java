// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.proc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteDigitsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "4294967295, 4294967295",
        "007, 7",
        "999999999999999, 999999999999999",
        "1000000000000000, -1",
        "'', -1",
        "-1, -1",
        "+1, -1",
        "1a, -1",
        "' 1', -1",
        "ü1, -1",
        "\u0661, -1"
    })
    void decimal(String text, long expected) {
        assertThat(ByteDigits.decimal(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "ffFF, 65535",
        "FFFFFFFF, 4294967295",
        "fffffffffffffff, 1152921504606846975",
        "1000000000000000, -1",
        "'', -1",
        "g, -1",
        "0x1, -1"
    })
    void hexadecimal(String text, long expected) {
        byte[] bytes = ("<" + text + ">").getBytes(ISO_8859_1);

        assertThat(ByteDigits.hex(bytes, 1, bytes.length - 1)).isEqualTo(expected);
    }
}
