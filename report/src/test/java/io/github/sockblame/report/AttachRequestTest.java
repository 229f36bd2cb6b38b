// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttachRequestTest {

    private static final String NONCE = "0123456789abcdef";

    @Test
    void argumentIsReadAsItWasWritten() {
        AttachRequest request = new AttachRequest(AttachRequest.Verb.WATCH, NONCE, 7);

        assertThat(request.argument()).isEqualTo("request:watch:0123456789abcdef:7");
        assertThat(AttachRequest.parse(request.argument())).isEqualTo(request);
        assertThat(request.fileName(42)).isEqualTo(".sockblame_42_0123456789abcdef");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "request:",
                "grace=5s",
                "request:report:0123456789abcdef",
                "request:report:0123456789abcdef:-1",
                "request:report:0123456789abcdef:9999999999",
                "request:report:0123456789ABCDEF:0",
                "request:report:../../etc/passwd:0",
                "request:reboot:0123456789abcdef:0",
                "request:report:0123456789abcdef:0:0"
            })
    void otherTextIsRefused(String argument) {
        assertThatThrownBy(() -> AttachRequest.parse(argument)).isInstanceOf(IllegalArgumentException.class);
    }
}
