// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.advice;

import io.github.sockblame.probe.SocketProbe;
import java.io.FileDescriptor;
import net.bytebuddy.asm.Advice;

/**
 * In {@code AbstractPlainSocketImpl.socketClose} and {@code AbstractPlainDatagramSocketImpl.close}, JDK 17: the number
 * is given back.
 */
final class ClassicCloseAdvice {

    private ClassicCloseAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.FieldValue("fd") FileDescriptor fd) {
        SocketProbe.closed(fd);
    }
}
