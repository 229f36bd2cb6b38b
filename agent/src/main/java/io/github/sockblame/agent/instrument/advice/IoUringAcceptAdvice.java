// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.advice;

import io.github.sockblame.probe.SocketProbe;
import net.bytebuddy.asm.Advice;

/**
 * In {@code newChildChannel} of Netty's listening io_uring channels, 4.2: the kernel accepted some time ago, and Netty
 * now receives the result.
 */
final class IoUringAcceptAdvice {

    private IoUringAcceptAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@DescriptorNumber int listening, @Advice.Argument(0) int connection) {
        SocketProbe.nativeAccepted(listening, connection);
    }
}
