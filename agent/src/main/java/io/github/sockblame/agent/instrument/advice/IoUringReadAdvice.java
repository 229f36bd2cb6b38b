// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.advice;

import io.github.sockblame.probe.SocketProbe;
import net.bytebuddy.asm.Advice;

/** In {@code readComplete0} of Netty's io_uring stream channels, 4.2: a read is complete, with the kernel's result. */
final class IoUringReadAdvice {

    private IoUringReadAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@DescriptorNumber int number, @Advice.Argument(1) int result) {
        SocketProbe.nativeRingRead(number, result);
    }
}
