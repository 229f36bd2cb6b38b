// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.jdk;

import java.lang.invoke.VarHandle;
import java.net.Socket;
import java.net.SocketImpl;
import org.jspecify.annotations.Nullable;

/** The layers between a socket of the JDK and its descriptor: TLS over another socket, SOCKS. */
final class SocketLayers {

    /** Enough for TLS over TLS over TLS. A socket that is below itself must not cause an endless loop. */
    private static final int MAX_DEPTH = 8;

    private final Class<?> tls;
    private final VarHandle self;
    private final VarHandle implementation;
    private final Class<?> delegating;
    private final VarHandle delegate;
    private final Class<?> nio;
    private final VarHandle state;
    private final int closing;

    SocketLayers(JdkAccess jdk) throws ReflectiveOperationException {
        tls = Class.forName("sun.security.ssl.BaseSSLSocketImpl");
        self = jdk.field(tls, "self", Socket.class);
        implementation = jdk.field(Socket.class, "impl", SocketImpl.class);
        delegating = Class.forName("java.net.DelegatingSocketImpl");
        delegate = jdk.field(delegating, "delegate", SocketImpl.class);
        nio = Class.forName("sun.nio.ch.NioSocketImpl");
        state = jdk.field(nio, "state", int.class);
        closing = (int) jdk.staticField(nio, "ST_CLOSING", int.class).get();
    }

    /**
     * The implementation at the bottom, if it is the JDK's and open. A user's implementation may have any descriptor,
     * or that of another socket. A closed implementation keeps its descriptor object, with a number that may belong to
     * another file by now.
     */
    @Nullable SocketImpl underlyingImpl(Socket socket) {
        Socket lowest = socket;
        for (int i = 0; i < MAX_DEPTH && tls.isInstance(lowest); i++) {
            Socket below = (Socket) self.get(lowest);
            if (below == lowest) {
                break;
            }
            lowest = below;
        }
        SocketImpl impl = (SocketImpl) implementation.get(lowest);
        if (delegating.isInstance(impl)) {
            impl = (SocketImpl) delegate.get(impl);
        }
        return impl == null || isUserImpl(impl) || isClosed(impl) ? null : impl;
    }

    private static boolean isUserImpl(SocketImpl impl) {
        return impl.getClass().getModule() != SocketImpl.class.getModule();
    }

    private boolean isClosed(SocketImpl impl) {
        return nio.isInstance(impl) && (int) state.get(impl) >= closing;
    }
}
