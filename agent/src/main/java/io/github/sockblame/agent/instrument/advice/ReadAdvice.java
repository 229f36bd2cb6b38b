// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.advice;

import io.github.sockblame.probe.SocketProbe;
import java.io.FileDescriptor;
import net.bytebuddy.asm.Advice;

/** In {@code SocketDispatcher.read}, JDK 17 to 28: every read of a TCP or Unix-domain socket into one buffer. */
final class ReadAdvice {

    private ReadAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class, backupArguments = false)
    static void exit(@Advice.Argument(0) FileDescriptor fd, @Advice.Return int result) {
        SocketProbe.read(fd, result);
    }
}
