// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.advice;

import io.github.sockblame.probe.SocketProbe;
import java.io.FileDescriptor;
import java.net.SocketImpl;
import net.bytebuddy.asm.Advice;

/** In {@code NioSocketImpl.create}, JDK 17 to 28: the object that holds the reading and writing threads. */
final class SocketImplCreatedAdvice {

    private SocketImplCreatedAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This SocketImpl implementation, @Advice.FieldValue("fd") FileDescriptor fd) {
        SocketProbe.socketImplCreated(implementation, fd);
    }
}
