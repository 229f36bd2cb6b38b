// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.advice;

import io.github.sockblame.probe.SocketProbe;
import java.io.FileDescriptor;
import net.bytebuddy.asm.Advice;

/**
 * In {@code UnixAsynchronousServerSocketChannelImpl.finishAccept}, JDK 17 to 28: it runs once for each connection that
 * an {@code AsynchronousServerSocketChannel} accepted, immediately after the native {@code Net.accept}.
 */
final class AcceptAsyncAdvice {

    private AcceptAsyncAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
            @Advice.FieldValue("fd") FileDescriptor listening, @Advice.Argument(0) FileDescriptor connection) {
        SocketProbe.accepted(1, listening, connection, null); // 1: the kernel accepted
    }
}
