// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.advice;

import io.github.sockblame.probe.SocketProbe;
import net.bytebuddy.asm.Advice;

/**
 * In {@code read} and {@code readAddress} of Netty's {@code unix.FileDescriptor}, 4.1 and 4.2: versions without
 * {@code recv} read sockets here, and all versions read pipes here.
 */
final class NativeReadAdvice {

    private NativeReadAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class, backupArguments = false)
    static void exit(@DescriptorNumber int number, @Advice.Return int result) {
        SocketProbe.nativeRead(number, result);
    }
}
