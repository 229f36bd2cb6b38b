// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.advice;

import io.github.sockblame.probe.SocketProbe;
import java.io.FileDescriptor;
import java.nio.channels.Channel;
import net.bytebuddy.asm.Advice;

/**
 * In {@code UnixAsynchronousSocketChannelImpl.finishRead}, JDK 17 to 28: a thread of the channel's group is about to
 * read, and will call the handler. At the entry, because afterwards the JDK has dropped the handler, which may also
 * have closed the channel. The close of the channel comes here as well, when the descriptor's number may have another
 * owner.
 */
final class ReadHandlerAdvice {

    private ReadHandlerAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
            @Advice.This Channel channel,
            @Advice.FieldValue("fd") FileDescriptor fd,
            @Advice.FieldValue("readHandler") Object handler) {
        SocketProbe.asyncReadStarting(channel, fd, handler);
    }
}
