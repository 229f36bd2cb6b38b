// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.advice;

import io.github.sockblame.probe.SocketProbe;
import java.io.FileDescriptor;
import net.bytebuddy.asm.Advice;

/** In the constructors of {@code DatagramChannelImpl}, JDK 17 to 28: the only place that sees an inherited one. */
final class DescriptorSeenFieldAdvice {

    private DescriptorSeenFieldAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.FieldValue("fd") FileDescriptor fd) {
        SocketProbe.descriptorSeen(fd);
    }
}
