// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.advice;

import io.github.sockblame.probe.SocketProbe;
import java.io.FileDescriptor;
import net.bytebuddy.asm.Advice;

/**
 * In {@code NioSocketImpl.listen}, JDK 17 to 28, and {@code AbstractPlainSocketImpl.listen}, JDK 17: a
 * {@code ServerSocket} listens. It does not run if the method throws.
 */
final class ListenAdvice {

    private ListenAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.FieldValue("fd") FileDescriptor listening, @Advice.Argument(0) int backlog) {
        SocketProbe.listening(listening, backlog);
    }
}
