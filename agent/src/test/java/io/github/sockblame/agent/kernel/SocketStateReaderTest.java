// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.kernel.proc.SourceStatus;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.TcpState;
import java.net.SocketException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SocketStateReaderTest {

    @Test
    void takesTheFirstByteInMemory() {
        SocketSyscalls option = (fd, level, name) -> 0x0A000108;

        assertThat(new SocketStateReader(option, ByteOrder.LITTLE_ENDIAN, null).stateOf(5))
                .isEqualTo(TcpState.CLOSE_WAIT);
        assertThat(new SocketStateReader(option, ByteOrder.BIG_ENDIAN, null).stateOf(5))
                .isEqualTo(TcpState.LISTEN);
    }

    @Test
    void kernelThatRefusesEveryCallIsASourceThatDoesNotWork() {
        AtomicInteger allowed = new AtomicInteger();
        SocketStateReader states = SocketStateReader.using(new SocketSyscalls() {
            @Override
            public int read(int fd, int level, int option) throws SocketException {
                if (allowed.get() == 0) {
                    throw new SocketException("Permission denied");
                }
                return 6;
            }

            @Override
            public int poll(int fd, int events) {
                return fd == 5 ? 0 : 0x20; // POLLNVAL
            }
        });
        states.stateOf(5);
        assertThat(states.answer().used()).as("it may be no TCP socket").isTrue();
        states.protocolOf(6);
        assertThat(states.answer().used()).as("it was closed meanwhile").isTrue();
        states.protocolOf(5);
        assertThat(states.answer())
                .isEqualTo(
                        new SourceStatus("getsockopt(TCP_INFO)", false, "java.net.SocketException: Permission denied"));
        assertThat(states.isAvailable()).as("the next call may succeed").isTrue();

        allowed.set(1);
        states.protocolOf(5);
        assertThat(states.answer().used()).isTrue();
    }

    @Test
    void kernelThatRefusesTheStateAloneIsASourceThatDoesNotWork() {
        SocketStateReader states = SocketStateReader.using(new SocketSyscalls() {
            @Override
            public int read(int fd, int level, int option) throws SocketException {
                if (level == 6) {
                    throw new SocketException("Operation not permitted");
                }
                return option == 39 ? 2 : fd == 7 ? 17 : 6; // SO_DOMAIN, SO_PROTOCOL
            }

            @Override
            public int poll(int fd, int events) {
                return 0;
            }
        });
        states.protocolOf(5);
        states.stateOf(7);
        assertThat(states.answer().used()).as("it is a UDP socket").isTrue();
        states.stateOf(5);
        assertThat(states.answer())
                .isEqualTo(new SourceStatus(
                        "getsockopt(TCP_INFO)", false, "java.net.SocketException: Operation not permitted"));
    }

    @Test
    void takesTheThirdByteInMemoryAsRetransmits() {
        SocketSyscalls option = (fd, level, name) -> 0x07040200;

        assertThat(new SocketStateReader(option, ByteOrder.BIG_ENDIAN, null).retransmitsOf(5))
                .isEqualTo(2);
        assertThat(new SocketStateReader(option, ByteOrder.LITTLE_ENDIAN, null).retransmitsOf(5))
                .isEqualTo(4);
        assertThat(UnavailableStates.because("not in this JDK").retransmitsOf(5))
                .isEqualTo(-1);
    }

    @Test
    void segmentSizeIsTheWholeNumber() {
        SocketStateReader states = SocketStateReader.using((fd, level, name) -> level == 6 && name == 2 ? 32_741 : 0);

        assertThat(states.segmentSizeOf(5)).isEqualTo(32_741);
        assertThat(UnavailableStates.because("not in this JDK").segmentSizeOf(5))
                .isEqualTo(-1);
    }

    @Test
    void readerUsesGivenDescriptor() {
        boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        SocketStateReader states = SocketStateReader.using((fd, level, name) -> little ? fd : fd << 24);

        assertThat(states.stateOf(1)).isEqualTo(TcpState.ESTABLISHED);
        assertThat(states.stateOf(7)).isEqualTo(TcpState.CLOSE);
        assertThat(states.stateOf(99)).isNull();
        assertThat(states.answer()).isEqualTo(new SourceStatus("getsockopt(TCP_INFO)", true, null));
    }

    @Test
    void nonTcpSocketHasNoState() {
        AtomicInteger asked = new AtomicInteger();
        SocketStateReader states = SocketStateReader.using((fd, level, name) -> {
            asked.incrementAndGet();
            throw new SocketException("Protocol not available");
        });

        assertThat(states.stateOf(5)).isNull();
        int before = asked.get();
        assertThat(states.stateOf(6)).isNull();
        assertThat(asked.get()).as("it is asked again").isGreaterThan(before);
        assertThat(states.isAvailable()).isTrue();
    }

    @Test
    void readerUsesTcpInfo() {
        List<List<Integer>> asked = new ArrayList<>();
        SocketStateReader states = SocketStateReader.using((fd, level, name) -> {
            asked.add(List.of(fd, level, name));
            return 0;
        });
        states.stateOf(5);

        assertThat(asked).as("IPPROTO_TCP and TCP_INFO").containsExactly(List.of(5, 6, 11));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, UNIX", //
        "2, 6, TCP",
        "10, 6, TCP",
        "2, 17, UDP",
        "10, 17, UDP",
        "2, 1, OTHER",
        "2, 262, OTHER",
        "16, 6, OTHER",
        "17, 17, OTHER",
    })
    void tellsTheProtocolByDomainAndNumber(int domain, int number, Protocol protocol) {
        SocketStateReader states = SocketStateReader.using((fd, level, name) -> {
            assertThat(level).as("SOL_SOCKET").isEqualTo(1);
            return name == 39 ? domain : name == 38 ? number : -1;
        });

        assertThat(states.protocolOf(5)).isEqualTo(protocol);
    }

    @ParameterizedTest
    @ValueSource(ints = {38, 39})
    void nonSocketHasNoProtocol(int refused) {
        SocketStateReader states = SocketStateReader.using((fd, level, name) -> {
            if (name == refused) {
                throw new SocketException("Socket operation on non-socket");
            }
            return 2;
        });

        assertThat(states.protocolOf(5)).isNull();
        assertThat(states.isAvailable()).isTrue();
    }

    @Test
    void stopsAskingInAWayThatDoesNotWork() {
        AtomicInteger asked = new AtomicInteger();
        SocketStateReader states = SocketStateReader.using((fd, level, name) -> {
            asked.incrementAndGet();
            throw new UnsatisfiedLinkError("getIntOption0");
        });

        assertThat(states.stateOf(5)).isNull();
        assertThat(states.stateOf(6)).isNull();
        assertThat(asked).hasValue(1);
        assertThat(states.answer())
                .isEqualTo(new SourceStatus(
                        "getsockopt(TCP_INFO)", false, "java.lang.UnsatisfiedLinkError: getIntOption0"));
    }

    @Test
    void triesAgainWhenTheJvmWasShortOfMemory() {
        AtomicInteger asked = new AtomicInteger();
        SocketStateReader states = new SocketStateReader(
                (fd, level, name) -> {
                    if (asked.getAndIncrement() == 0) {
                        throw new OutOfMemoryError();
                    }
                    return 1;
                },
                ByteOrder.LITTLE_ENDIAN,
                null);

        assertThat(states.stateOf(5)).isNull();
        assertThat(states.stateOf(5)).isEqualTo(TcpState.ESTABLISHED);
    }

    @Test
    void unavailableReaderGivesReason() {
        SocketStateReader states = UnavailableStates.because("no getIntOption0 in this JDK");

        assertThat(states.stateOf(5)).isNull();
        assertThat(states.protocolOf(5)).isNull();
        assertThat(states.isAvailable()).isFalse();
        assertThat(states.answer().detail()).isEqualTo("no getIntOption0 in this JDK");
    }
}
