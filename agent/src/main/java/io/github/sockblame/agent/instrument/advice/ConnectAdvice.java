// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.advice;

import io.github.sockblame.probe.SocketProbe;
import java.io.FileDescriptor;
import java.net.InetAddress;
import net.bytebuddy.asm.Advice;

/** In {@code Net.connect}, JDK 17 to 28: a TCP or UDP socket is about to connect. */
final class ConnectAdvice {

    private ConnectAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
            @Advice.Argument(1) FileDescriptor fd,
            @Advice.Argument(2) InetAddress remote,
            @Advice.Argument(3) int port) {
        SocketProbe.connecting(fd, remote, port);
    }
}
