// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.advice;

import io.github.sockblame.probe.SocketProbe;
import java.io.FileDescriptor;
import net.bytebuddy.asm.Advice;

/** In {@code AbstractPlainSocketImpl.socketPreClose}, JDK 17. */
final class ClassicPreCloseAdvice {

    private ClassicPreCloseAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.FieldValue("fd") FileDescriptor fd) {
        SocketProbe.preClosing(fd);
    }
}
