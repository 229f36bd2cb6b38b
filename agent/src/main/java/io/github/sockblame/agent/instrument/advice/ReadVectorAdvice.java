// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.advice;

import io.github.sockblame.probe.SocketProbe;
import java.io.FileDescriptor;
import net.bytebuddy.asm.Advice;

/** In {@code SocketDispatcher.readv}, JDK 17 to 28: every read of a TCP or Unix-domain socket into several buffers. */
final class ReadVectorAdvice {

    private ReadVectorAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class, backupArguments = false)
    static void exit(@Advice.Argument(0) FileDescriptor fd, @Advice.Return long result) {
        SocketProbe.read(fd, result);
    }
}
