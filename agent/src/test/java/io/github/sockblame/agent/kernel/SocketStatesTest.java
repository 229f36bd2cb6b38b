// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.TcpState;
import java.net.SocketException;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SocketStatesTest {

    @Test
    void takesTheFirstByteInMemory() {
        SocketOption option = fd -> 0x0A000108;

        assertThat(new SocketStates(option, ByteOrder.LITTLE_ENDIAN, null).stateOf(5))
                .isEqualTo(TcpState.CLOSE_WAIT);
        assertThat(new SocketStates(option, ByteOrder.BIG_ENDIAN, null).stateOf(5))
                .isEqualTo(TcpState.LISTEN);
    }

    @Test
    void asksForTheDescriptorInQuestion() {
        boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        SocketStates states = SocketStates.through(fd -> little ? fd : fd << 24);

        assertThat(states.stateOf(1)).isEqualTo(TcpState.ESTABLISHED);
        assertThat(states.stateOf(7)).isEqualTo(TcpState.CLOSE);
        assertThat(states.stateOf(99)).isNull();
        assertThat(states.answer()).isEqualTo(new SourceAnswer("getsockopt(TCP_INFO)", true, null));
    }

    @Test
    void doesNotKnowTheStateOfWhatIsNoTcpSocket() {
        AtomicInteger asked = new AtomicInteger();
        SocketStates states = SocketStates.through(fd -> {
            asked.incrementAndGet();
            throw new SocketException("Protocol not available");
        });

        assertThat(states.stateOf(5)).isNull();
        assertThat(states.stateOf(6)).isNull();
        assertThat(asked).hasValue(2);
        assertThat(states.isAvailable()).isTrue();
    }

    @Test
    void stopsAskingInAWayThatDoesNotWork() {
        AtomicInteger asked = new AtomicInteger();
        SocketStates states = SocketStates.through(fd -> {
            asked.incrementAndGet();
            throw new UnsatisfiedLinkError("getIntOption0");
        });

        assertThat(states.stateOf(5)).isNull();
        assertThat(states.stateOf(6)).isNull();
        assertThat(asked).hasValue(1);
        assertThat(states.answer())
                .isEqualTo(new SourceAnswer(
                        "getsockopt(TCP_INFO)", false, "java.lang.UnsatisfiedLinkError: getIntOption0"));
    }

    @Test
    void triesAgainWhenTheJvmWasShortOfMemory() {
        AtomicInteger asked = new AtomicInteger();
        SocketStates states = new SocketStates(
                fd -> {
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
    void saysWhyItIsNotAvailable() {
        SocketStates states = SocketStates.unavailable("no getIntOption0 in this JDK");

        assertThat(states.stateOf(5)).isNull();
        assertThat(states.isAvailable()).isFalse();
        assertThat(states.answer().detail()).isEqualTo("no getIntOption0 in this JDK");
    }
}
