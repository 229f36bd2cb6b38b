// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.advice;

import io.github.sockblame.probe.SocketProbe;
import net.bytebuddy.asm.Advice;

/** In {@code accept} of Netty's {@code unix.Socket}, 4.1 and 4.2: the kernel accepted, unless the result is negative. */
final class NativeAcceptAdvice {

    private NativeAcceptAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@DescriptorNumber int listening, @Advice.Return int connection) {
        SocketProbe.nativeAccepted(listening, connection);
    }
}
