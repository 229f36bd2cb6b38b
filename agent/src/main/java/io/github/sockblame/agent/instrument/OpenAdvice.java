// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument;

import io.github.sockblame.probe.SocketProbe;
import java.io.FileDescriptor;
import net.bytebuddy.asm.Advice;

/** In {@code Net.socket}, {@code Net.serverSocket} and {@code UnixDomainSockets.socket}, JDK 17 to 28: the kernel made a socket. */
final class OpenAdvice {

    private OpenAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return FileDescriptor made) {
        SocketProbe.opened(made);
    }
}
