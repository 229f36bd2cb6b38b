// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.advice;

import io.github.sockblame.probe.SocketProbe;
import java.io.FileDescriptor;
import net.bytebuddy.asm.Advice;

/**
 * In {@code SocketDispatcher.close} and {@code DatagramDispatcher.close} (JDK 17 to 20) and
 * {@code UnixDispatcher.close} (21 to 28). At the entry, because a moment after the native close the kernel may give
 * the number to another owner.
 */
final class CloseAdvice {

    private CloseAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) FileDescriptor fd) {
        SocketProbe.closed(fd);
    }
}
