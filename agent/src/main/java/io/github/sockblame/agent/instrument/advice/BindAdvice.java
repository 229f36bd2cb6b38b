// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.advice;

import io.github.sockblame.probe.SocketProbe;
import java.io.FileDescriptor;
import net.bytebuddy.asm.Advice;

/**
 * In {@code ServerSocketChannelImpl.netBind} and {@code AsynchronousServerSocketChannelImpl.bind}, JDK 17 to 28: a
 * channel is bound and listens, which is one step there. It does not run if the method throws.
 */
final class BindAdvice {

    private BindAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.FieldValue("fd") FileDescriptor listening, @Advice.Argument(1) int backlog) {
        SocketProbe.listening(listening, backlog);
    }
}
