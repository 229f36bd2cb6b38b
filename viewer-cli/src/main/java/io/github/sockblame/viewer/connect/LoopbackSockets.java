// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import java.io.IOException;
import java.io.ObjectInputFilter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.rmi.server.RMISocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of RMI. As long as the user has named no JMX address, all of them go to this machine, whatever host a stub names.
 *
 * <p>The first answer of a JMX connector is another stub, with another endpoint. A hostile JVM could name any host there, and the viewer of root
 * would connect to it.
 */
public final class LoopbackSockets extends RMISocketFactory {

    private static final LoopbackSockets ONLY = new LoopbackSockets();

    private volatile boolean isUserNamedAddress;

    /** For the tests; RMI uses {@link #ONLY}. */
    LoopbackSockets() {}

    /** Makes RMI use these sockets from now on. It does nothing if RMI has others already, because a JVM can set them once. */
    static synchronized void install() throws IOException {
        if (getSocketFactory() == null) {
            setSocketFactory(ONLY);
        }
    }

    /** Allows connections to other machines, because the user named a JMX address. */
    static void allowOtherMachines() {
        ONLY.allowAll();
    }

    void allowAll() {
        isUserNamedAddress = true;
    }

    /**
     * Rejects the socket factories that a stub can bring along, which would go around these sockets. Only the JMX address of a user may need
     * one, for TLS.
     */
    public static ObjectInputFilter.Status check(ObjectInputFilter.FilterInfo seen) {
        return ONLY.checkClass(seen.serialClass());
    }

    ObjectInputFilter.Status checkClass(@Nullable Class<?> type) {
        boolean isFactory = type != null && type.getName().startsWith("javax.rmi.ssl.");
        return isFactory && !isUserNamedAddress
                ? ObjectInputFilter.Status.REJECTED
                : ObjectInputFilter.Status.UNDECIDED;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return isUserNamedAddress ? new Socket(host, port) : new Socket(InetAddress.getLoopbackAddress(), port);
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        return new ServerSocket(port);
    }
}
