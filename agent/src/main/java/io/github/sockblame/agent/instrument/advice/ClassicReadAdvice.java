// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.advice;

import io.github.sockblame.probe.SocketProbe;
import java.io.FileDescriptor;
import net.bytebuddy.asm.Advice;

/** In {@code SocketInputStream.socketRead}, JDK 17: every read of a classic socket. */
final class ClassicReadAdvice {

    private ClassicReadAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class, backupArguments = false)
    static void exit(@Advice.Argument(0) FileDescriptor fd, @Advice.Return int result) {
        SocketProbe.legacyRead(fd, result);
    }
}
