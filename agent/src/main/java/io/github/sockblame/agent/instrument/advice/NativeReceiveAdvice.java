// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.advice;

import io.github.sockblame.probe.SocketProbe;
import net.bytebuddy.asm.Advice;

/**
 * In {@code recv} and {@code recvAddress} of Netty's {@code unix.Socket}, with which later versions of 4.1 and 4.2 read
 * sockets.
 */
final class NativeReceiveAdvice {

    private NativeReceiveAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class, backupArguments = false)
    static void exit(@DescriptorNumber int number, @Advice.Return int result) {
        SocketProbe.nativeRecv(number, result);
    }
}
