// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.redact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPseudonymsTest {

    private final HostPseudonyms hosts = new HostPseudonyms(2);

    @Test
    void oneHostHasOneNameHoweverItIsWritten() {
        assertThat(hosts.pseudonym("10.2.3.4")).isEqualTo("host-1");
        assertThat(hosts.pseudonym("2001:db8::1")).isEqualTo("host-2");
        assertThat(hosts.pseudonym("10.2.3.4")).isEqualTo("host-1");
        assertThat(hosts.pseudonym("2001:db8:0:0:0:0:0:1")).isEqualTo("host-2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.9.1", "::1", "0.0.0.0", "::"})
    void loopbackAndAnyStay(String address) {
        assertThat(hosts.pseudonym(address)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.1", "::2", "fe80::1", "1.0.0.0", "::1:0"})
    void addressLikeNameIsReplaced(String address) {
        assertThat(hosts.pseudonym(address)).isEqualTo("host-1");
    }

    @ParameterizedTest
    @CsvSource({
        "main, main",
        "http-nio-8080-exec-*, http-nio-8080-exec-*",
        "http-nio-127.0.0.1-8080-exec-1, http-nio-127.0.0.1-8080-exec-1",
        "http-nio-10.2.3.4-8080-exec-1, http-nio-host-1-8080-exec-1",
        "OkHttp https://api.acme.com/..., OkHttp https://[redacted]/...",
        "OkHttp http://db:8080/x, OkHttp http://[redacted]:8080/x",
        "OkHttp http://10.2.3.4:8080/x, OkHttp http://host-1:8080/x",
        "OkHttp api.acme.com, OkHttp [redacted]",
        "to localhost:80, to localhost:80",
        "pool to 10.2.3.*, pool to [redacted]",
        "to [2001:db8::1]:443, to [host-1]:443",
        "to 2001:db8::*, to [redacted]",
        "10.2.3.4 and 10.2.3.5, host-1 and host-2"
    })
    void namesOfThreadsTellOfNoHost(String name, String redacted) {
        assertThat(hosts.inThreadName(name)).isEqualTo(redacted);
    }

    @Test
    void noNameIsTooLong() {
        String dots = "a.b".repeat(100_000);
        String colons = "12:".repeat(100_000);

        assertThat(hosts.inThreadName(dots)).doesNotContain("a.b");
        assertThat(hosts.inThreadName(colons)).doesNotContain("12:12:12");
    }

    @Test
    void ourOwnTextsKeepTheirWords() {
        assertThat(hosts.inText("evidence: 10.2.3.4:8080: see java.lang.String. [2001:db8::1]:80: full"))
                .isEqualTo("evidence: host-1:8080: see java.lang.String. [host-2]:80: full");
    }

    @Test
    void aNumberIsNeverGivenTwice() {
        assertThat(hosts.pseudonym("10.0.0.1")).isEqualTo("host-1");
        assertThat(hosts.pseudonym("10.0.0.2")).isEqualTo("host-2");
        assertThat(hosts.pseudonym("10.0.0.3")).isEqualTo("host-3");
        assertThat(hosts.pseudonym("10.0.0.1")).as("within one report").isEqualTo("host-1");
        hosts.trim();

        assertThat(hosts.pseudonym("10.0.0.3")).isEqualTo("host-3");
        assertThat(hosts.pseudonym("10.0.0.1")).isEqualTo("host-1");
        assertThat(hosts.pseudonym("10.0.0.2")).as("let go of").isEqualTo("host-4");
    }
}
