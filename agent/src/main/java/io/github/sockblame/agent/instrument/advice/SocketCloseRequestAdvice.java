// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.advice;

import io.github.sockblame.probe.SocketProbe;
import java.io.FileDescriptor;
import net.bytebuddy.asm.Advice;

/**
 * In {@code NioSocketImpl.close} (JDK 17 to 28) and {@code AbstractPlainSocketImpl.close} (17): the program requests
 * the close, possibly not for the first time. After a failed connect the socket is closed already, and its descriptor
 * keeps the number.
 */
final class SocketCloseRequestAdvice {

    private SocketCloseRequestAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.FieldValue("fd") FileDescriptor fd) {
        SocketProbe.closeRequested(fd, false);
    }
}
