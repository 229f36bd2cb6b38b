// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.jdk;

import java.lang.invoke.VarHandle;
import java.net.Socket;

/** The state of the peer's close in an {@code SSLSocket}; JDK 17 to 28. */
final class TlsCloseNotify {

    private final VarHandle context;
    private final VarHandle received;

    TlsCloseNotify(JdkAccess jdk) throws ReflectiveOperationException {
        Class<?> socket = Class.forName("sun.security.ssl.SSLSocketImpl");
        Class<?> transport = Class.forName("sun.security.ssl.TransportContext");
        context = jdk.field(socket, "conContext", transport);
        received = jdk.field(transport, "isInputCloseNotified", boolean.class);
    }

    /** Returns whether the close_notify arrived; the JDK treats a FIN without one in the same way. */
    boolean wasReceivedBy(Socket tlsSocket) {
        return (boolean) received.get(context.get(tlsSocket));
    }
}
