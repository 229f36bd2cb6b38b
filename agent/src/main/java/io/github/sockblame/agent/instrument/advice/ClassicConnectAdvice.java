// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.advice;

import io.github.sockblame.probe.SocketProbe;
import java.io.FileDescriptor;
import java.net.InetAddress;
import net.bytebuddy.asm.Advice;

/** In {@code AbstractPlainSocketImpl.doConnect}, JDK 17: a socket of the classic implementation is about to connect. */
final class ClassicConnectAdvice {

    private ClassicConnectAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
            @Advice.FieldValue("fd") FileDescriptor fd,
            @Advice.Argument(0) InetAddress remote,
            @Advice.Argument(1) int port) {
        SocketProbe.connecting(fd, remote, port);
    }
}
