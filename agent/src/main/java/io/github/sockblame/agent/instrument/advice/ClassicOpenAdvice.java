// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.advice;

import io.github.sockblame.probe.SocketProbe;
import java.io.FileDescriptor;
import java.io.IOException;
import net.bytebuddy.asm.Advice;

/**
 * In {@code AbstractPlainSocketImpl.create} and {@code AbstractPlainDatagramSocketImpl.create}, JDK 17: the kernel made
 * a socket for the implementation that {@code -Djdk.net.usePlainSocketImpl} brings back.
 */
final class ClassicOpenAdvice {

    private ClassicOpenAdvice() {}

    @Advice.OnMethodExit(onThrowable = IOException.class, suppress = Throwable.class)
    static void exit(@Advice.FieldValue("fd") FileDescriptor made, @Advice.Thrown Throwable thrown) {
        SocketProbe.opened(made, thrown);
    }
}
