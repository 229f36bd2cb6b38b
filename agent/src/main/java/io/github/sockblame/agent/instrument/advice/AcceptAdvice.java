// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.advice;

import io.github.sockblame.probe.SocketProbe;
import java.io.FileDescriptor;
import java.io.IOException;
import net.bytebuddy.asm.Advice;

/**
 * In {@code ServerSocketChannelImpl.implAccept} and {@code UnixDomainSockets.accept}, JDK 17 to 28: the kernel
 * accepted, if the result is greater than 0.
 */
final class AcceptAdvice {

    private AcceptAdvice() {}

    @Advice.OnMethodExit(onThrowable = IOException.class, suppress = Throwable.class)
    static void exit(
            @Advice.Return int result,
            @Advice.Argument(0) FileDescriptor listening,
            @Advice.Argument(1) FileDescriptor connection,
            @Advice.Thrown Throwable thrown) {
        SocketProbe.accepted(result, listening, connection, thrown);
    }
}
