// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.advice;

import io.github.sockblame.probe.SocketProbe;
import java.io.FileDescriptor;
import net.bytebuddy.asm.Advice;

/** In {@code UnixDomainSockets.connect}, JDK 17 to 28: a Unix-domain socket is about to connect. */
final class ConnectUnixAdvice {

    private ConnectUnixAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) FileDescriptor fd) {
        SocketProbe.connecting(fd, null, 0);
    }
}
