// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.advice;

import io.github.sockblame.probe.SocketProbe;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.SocketImpl;
import net.bytebuddy.asm.Advice;

/**
 * In {@code NioSocketImpl.accept}, JDK 17 to 28: a {@code ServerSocket} accepted. {@link DescriptorSeenAdvice} has seen
 * the descriptor itself a moment before; this place has its listener as well.
 */
final class AcceptSocketAdvice {

    private AcceptSocketAdvice() {}

    @Advice.OnMethodExit(onThrowable = IOException.class, suppress = Throwable.class)
    static void exit(
            @Advice.FieldValue("fd") FileDescriptor listening,
            @Advice.Argument(0) SocketImpl connection,
            @Advice.Thrown Throwable thrown) {
        SocketProbe.accepted(listening, connection, thrown);
    }
}
