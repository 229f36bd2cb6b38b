// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.advice;

import io.github.sockblame.probe.SocketProbe;
import net.bytebuddy.asm.Advice;

/**
 * In the constructor of Netty's {@code unix.Socket}, 4.1 and 4.2: every descriptor of the native transports gets its
 * object here, whether it was opened, accepted, or handed in by the program. One descriptor may get two.
 */
final class NativeOpenAdvice {

    private NativeOpenAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(0) int number) {
        SocketProbe.nativeOpened(number);
    }
}
