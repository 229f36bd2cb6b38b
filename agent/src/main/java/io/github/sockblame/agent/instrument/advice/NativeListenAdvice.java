// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.advice;

import io.github.sockblame.probe.SocketProbe;
import net.bytebuddy.asm.Advice;

/**
 * In {@code listen} of Netty's {@code unix.Socket}, 4.1 and 4.2, which the io_uring transport calls too: the kernel
 * listens. It does not run if the method throws.
 */
final class NativeListenAdvice {

    private NativeListenAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@DescriptorNumber int listening, @Advice.Argument(0) int backlog) {
        SocketProbe.nativeListening(listening, backlog);
    }
}
