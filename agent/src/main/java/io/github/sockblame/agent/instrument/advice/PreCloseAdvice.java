// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.advice;

import io.github.sockblame.probe.SocketProbe;
import java.io.FileDescriptor;
import net.bytebuddy.asm.Advice;

/**
 * In {@code SocketDispatcher.preClose} and {@code DatagramDispatcher.preClose} (JDK 17 to 20) and
 * {@code UnixDispatcher.implPreClose} (21 to 28): the JDK is about to replace a socket, in which a thread is blocked,
 * by its marker.
 */
final class PreCloseAdvice {

    private PreCloseAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) FileDescriptor fd) {
        SocketProbe.preClosing(fd);
    }
}
