// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SharesTest {

    @ParameterizedTest
    @CsvSource({"2%, 0.02", "0.5%, 0.005", "0.1%, 0.001", "100%, 1", "99.9%, 0.999"})
    void reads(String text, double share) {
        assertThat(Shares.parse(text)).isEqualTo(share);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "%", "2", "0%", "0.0%", "100.1%", "-1%", "2.55%", ".5%", "5.%", "1e1%", "0.01%", "2 %", "1000%"
            })
    void refuses(String text) {
        assertThat(Shares.parse(text)).isNull();
    }
}
