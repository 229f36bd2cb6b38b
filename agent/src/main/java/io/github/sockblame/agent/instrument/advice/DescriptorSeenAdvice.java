// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.advice;

import io.github.sockblame.probe.SocketProbe;
import java.io.FileDescriptor;
import net.bytebuddy.asm.Advice;

/**
 * In {@code NioSocketImpl.closerFor}, JDK 17 to 28: it runs once for each descriptor of a {@code Socket} or
 * {@code ServerSocket}, opened or accepted. For an accepted one it is the first Java method after the native
 * {@code Net.accept}.
 */
final class DescriptorSeenAdvice {

    private DescriptorSeenAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) FileDescriptor fd) {
        SocketProbe.descriptorSeen(fd);
    }
}
