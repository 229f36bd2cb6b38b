// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument.advice;

import io.github.sockblame.probe.SocketProbe;
import java.net.Socket;
import net.bytebuddy.asm.Advice;

/**
 * In {@code SSLSocketImpl.AppInputStream.read}, JDK 17 to 28: every read of an {@code SSLSocket}. A close_notify ends
 * it before the FIN is read, and often before the FIN has arrived.
 */
final class TlsReadAdvice {

    private TlsReadAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class, backupArguments = false)
    static void exit(@Advice.FieldValue("this$0") Socket tlsSocket, @Advice.Return int result) {
        SocketProbe.tlsRead(tlsSocket, result);
    }
}
