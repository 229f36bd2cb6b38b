// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.sockblame.report.Confidence;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.SampleSocket;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Verdict;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocketFilterTest {

    private static final List<Socket> SOCKETS = List.of(
            SampleSocket.tcp(1, TcpState.LISTEN)
                    .addresses(new Endpoint("::", 8080), new Endpoint("::", 0))
                    .build(),
            SampleSocket.tcp(2, TcpState.CLOSE_WAIT)
                    .addresses(new Endpoint("10.0.0.1", 50_000), new Endpoint("10.2.3.4", 443))
                    .judged(Verdict.FORGOTTEN, Confidence.CERTAIN, 1)
                    .build(),
            SampleSocket.tcp(3, TcpState.ESTABLISHED)
                    .addresses(new Endpoint("10.0.0.1", 50_001), new Endpoint("192.168.1.1", 5432))
                    .build(),
            SampleSocket.tcp(4, TcpState.ESTABLISHED)
                    .addresses(new Endpoint("2001:db8::1", 8080), new Endpoint("2001:db8::2", 40_000))
                    .origin(Origin.BEFORE_AGENT)
                    .build(),
            SampleSocket.tcp(5, TcpState.SYN_SENT).build());

    private static List<Integer> wanted(String filter) throws FilterException {
        SocketFilter parsed = SocketFilter.of(
                filter.isEmpty() ? List.of() : Stream.of(filter.split(" ", -1)).toList());
        return SOCKETS.stream().filter(parsed::matches).map(Socket::fd).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                     | 1 2 3 4 5",
                "state close-wait                       | 2",
                "state CLOSE_WAIT                       | 2",
                "state established                      | 3 4",
                "state estab                            | 3 4",
                "state listening                        | 1",
                "state connected                        | 2 3 4 5",
                "state synchronized                     | 2 3 4",
                "state all                              | 1 2 3 4 5",
                "exclude established                    | 1 2 5",
                "dport = :443                           | 2",
                "dport 443                              | 2",
                "dport != :443                          | 1 3 4",
                "dport > :443                           | 3 4",
                "sport ge :50001                        | 3",
                "sport = :8080                          | 1 4",
                "dst 10.0.0.0/8                         | 2",
                "dst 10.2.3.4                           | 2",
                "dst 10.2.3.4:443                       | 2",
                "dst 10.2.3.4:80                        | ''",
                "dst :5432                              | 3",
                "dst *:5432                             | 3",
                "dst != 10.0.0.0/8                      | 1 3 4",
                "src [2001:db8::1]:8080                 | 4",
                "src 2001:db8::1                        | 4",
                "dst [2001:db8::]/32                    | 4",
                "fd = 3                                 | 3",
                "fd <= 2                                | 1 2",
                "verdict forgotten                      | 2",
                "untracked                              | 4",
                "tracked state established              | 3",
                "state established and sport = :8080    | 4",
                "state established sport = :8080        | 4",
                "state listening or state close-wait    | 1 2",
                "not state established                  | 1 2 5",
                "! state established                    | 1 2 5",
                "state close-wait or state established and untracked | 2 4",
                "( state close-wait or state established ) and tracked | 2 3",
                "(state close-wait or state established) dst 10.0.0.0/8 | 2",
                "not ( fd < 3 or fd > 4 )               | 3 4"
            })
    void isReadAsSsReadsIt(String filter, String descriptors) throws FilterException {
        List<Integer> expected = descriptors.isEmpty()
                ? List.of()
                : Stream.of(descriptors.split(" ", -1)).map(Integer::valueOf).toList();
        assertThat(wanted(filter)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "state gone                  | 6  | no such state",
                "state                       | 5  | no such state",
                "dport = :https              | 8  | expected a port",
                "dport = :65536              | 8  | expected a port",
                "dport                       | 5  | expected a port",
                "dst 10.0.0.1/8              | 4  | expected an address",
                "dst www.example.com         | 4  | expected an address",
                "dst 10.2.3.4:x              | 4  | expected an address",
                "dst                         | 3  | expected an address",
                "fd = x                      | 5  | number of a descriptor",
                "verdict guilty              | 8  | no such verdict",
                "( state established         | 19 | is missing",
                "state established )         | 18 | this ')' has no '('",
                "state established or        | 20 | expected state",
                "and state established       | 0  | expected state",
                "pid 7                       | 0  | expected state"
            })
    void aFaultIsPointedAt(String filter, int at, String message) {
        FilterException fault = catchThrowableOfType(FilterException.class, () -> wanted(filter));
        assertThat(fault).hasMessageContaining(message);
        String next = filter.substring(at).split(" ", 2)[0];
        assertThat(fault.place())
                .isEqualTo(next.isEmpty() ? "at its end" : "at character " + (at + 1) + ", '" + next + "'");
    }

    @Test
    void placeOfAFaultIsShort() {
        FilterException fault =
                catchThrowableOfType(FilterException.class, () -> wanted("state " + "x".repeat(10_000)));
        assertThat(fault.place())
                .startsWith("at character 7, 'xxx")
                .endsWith("xxx...'")
                .hasSizeLessThan(100);
    }

    @Test
    void filterDepthIsBounded() {
        FilterException fault = catchThrowableOfType(
                FilterException.class, () -> wanted("( ".repeat(10_000) + "untracked" + " )".repeat(10_000)));
        assertThat(fault).hasMessage("too deep");
        assertThat(catchThrowableOfType(FilterException.class, () -> wanted("! ".repeat(10_000) + "untracked")))
                .hasMessage("too deep");
    }
}
