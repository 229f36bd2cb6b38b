// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandlerFrameTest {

    private static final StackTraceElement READ = frame("sun.nio.ch.SocketDispatcher", "read");
    private static final StackTraceElement FINISH = frame("sun.nio.ch.UnixAsynchronousSocketChannelImpl", "finishRead");
    private static final StackTraceElement BEGIN = frame("sun.nio.ch.UnixAsynchronousSocketChannelImpl", "implRead");
    private static final StackTraceElement CALLER = frame("com.acme.Client", "ask");
    private static final StackTraceElement THREAD = frame("java.lang.Thread", "run");

    @Test
    void theHandlerReplacesTheRead() {
        assertThat(onTopOf("com.acme.Handler", READ, FINISH, THREAD))
                .extracting(StackTraceElement::toString)
                .containsExactly("com.acme.Handler.completed(Unknown Source)", FINISH.toString(), THREAD.toString());
    }

    @Test
    void aReadThatTheProgramCalledNeedsNoHandler() {
        StackTraceElement[] called = {READ, BEGIN, CALLER, THREAD};
        StackTraceElement[] calledByAHandler = {READ, BEGIN, CALLER, FINISH, THREAD};
        StackTraceElement[] ofAnotherChannel = {READ, frame("sun.nio.ch.SocketChannelImpl", "read"), CALLER};

        assertThat(onTopOf("com.acme.Handler", called)).isEqualTo(called);
        assertThat(onTopOf("com.acme.Handler", calledByAHandler)).isEqualTo(calledByAHandler);
        assertThat(onTopOf("com.acme.Handler", ofAnotherChannel)).isEqualTo(ofAnotherChannel);
    }

    @ParameterizedTest
    @CsvSource({
        "com.acme.Client$1, com.acme.Client$1",
        "com.acme.Client$$Lambda$14/0x0000000800c03000, com.acme.Client",
        "com.acme.Client$$Lambda/0x00007f8a1c000c18, com.acme.Client",
        "com.acme.Handler/0x00007f8a1c000c18, com.acme.Handler",
    })
    void aClassHasItsNameInTheSource(String name, String written) {
        assertThat(onTopOf(name, FINISH)[0].getClassName()).isEqualTo(written);
    }

    private static StackTraceElement[] onTopOf(String handler, StackTraceElement... frames) {
        return HandlerFrame.withHandlerFrame(frames, handler);
    }

    private static StackTraceElement frame(String className, String method) {
        return new StackTraceElement(className, method, "Source.java", 1);
    }
}
