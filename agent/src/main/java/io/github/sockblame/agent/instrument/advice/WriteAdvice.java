// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.advice;

import io.github.sockblame.probe.SocketProbe;
import java.io.FileDescriptor;
import net.bytebuddy.asm.Advice;

/** In {@code SocketDispatcher.write} and {@code writev}, JDK 17 to 28: every write of a TCP or Unix-domain socket. */
final class WriteAdvice {

    private WriteAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class, backupArguments = false)
    static void exit(@Advice.Argument(0) FileDescriptor fd) {
        SocketProbe.written(fd);
    }
}
