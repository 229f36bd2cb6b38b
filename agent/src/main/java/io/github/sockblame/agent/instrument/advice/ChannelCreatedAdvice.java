// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.advice;

import io.github.sockblame.probe.SocketProbe;
import java.io.FileDescriptor;
import net.bytebuddy.asm.Advice;

/**
 * In the constructors of the channels that no Cleaner closes, JDK 17 to 28: {@code SocketChannelImpl},
 * {@code ServerSocketChannelImpl} and the two asynchronous ones. Also the second chance for a descriptor that was
 * inherited, or accepted by a call that began before the hooks were woven.
 */
final class ChannelCreatedAdvice {

    private ChannelCreatedAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object channel, @Advice.FieldValue("fd") FileDescriptor fd) {
        SocketProbe.channelCreated(channel, fd);
    }
}
