// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.advice;

import io.github.sockblame.probe.SocketProbe;
import net.bytebuddy.asm.Advice;

/** In {@code close} of Netty's {@code unix.FileDescriptor} of early 4.1, which has no {@code markClosed}. */
final class NativeCloseUnmarkedAdvice {

    private NativeCloseUnmarkedAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@DescriptorNumber int number, @DescriptorOpen boolean first) {
        SocketProbe.nativeClosed(number, first);
    }
}
