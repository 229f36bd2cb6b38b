// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.advice;

import io.github.sockblame.probe.SocketProbe;
import java.io.FileDescriptor;
import java.io.IOException;
import net.bytebuddy.asm.Advice;

/** In {@code Net.socket}, {@code Net.serverSocket} and {@code UnixDomainSockets.socket}, JDK 17 to 28: the kernel made a socket. */
final class OpenAdvice {

    private OpenAdvice() {}

    @Advice.OnMethodExit(onThrowable = IOException.class, suppress = Throwable.class)
    static void exit(@Advice.Return FileDescriptor made, @Advice.Thrown Throwable thrown) {
        SocketProbe.opened(made, thrown);
    }
}
