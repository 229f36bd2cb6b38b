// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.advice;

import io.github.sockblame.probe.SocketProbe;
import net.bytebuddy.asm.Advice;

/**
 * In {@code markClosed} of Netty's {@code unix.FileDescriptor}, 4.1 and 4.2: returns true to the one caller that closes the number next,
 * by {@code close(2)} or through io_uring.
 */
final class NativeCloseAdvice {

    private NativeCloseAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@DescriptorNumber int number, @Advice.Return boolean first) {
        SocketProbe.nativeClosed(number, first);
    }
}
