// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.bootstrap.JdkAccess;
import java.lang.invoke.VarHandle;
import java.net.Socket;

/** What an {@code SSLSocket} knows of its peer's close; JDK 17 to 28. */
final class TlsCloseNotify {

    private final VarHandle context;
    private final VarHandle received;

    TlsCloseNotify(JdkAccess door) throws ReflectiveOperationException {
        Class<?> socket = Class.forName("sun.security.ssl.SSLSocketImpl");
        Class<?> transport = Class.forName("sun.security.ssl.TransportContext");
        context = door.field(socket, "conContext", transport);
        received = door.field(transport, "isInputCloseNotified", boolean.class);
    }

    /** Whether it came; the JDK takes a FIN without one for it. */
    boolean wasReceivedBy(Socket tlsSocket) {
        return (boolean) received.get(context.get(tlsSocket));
    }
}
