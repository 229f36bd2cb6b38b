// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.fake;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.RMIClientSocketFactory;
import java.rmi.server.RMIServerSocketFactory;
import java.rmi.server.RMISocketFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.remote.JMXServiceURL;
import javax.management.remote.rmi.RMIConnectorServer;
import javax.management.remote.rmi.RMIJRMPServerImpl;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLServerSocketFactory;
import javax.rmi.ssl.SslRMIClientSocketFactory;

/**
 * Says {@code ready} and waits for the end of its input. With the argument {@code jmx} it first opens a JMX server for
 * everybody on the loopback address and says {@code jmx PORT}; with {@code agent}, the fake agent's MXBean is there. The server asks for
 * a password if {@code jmx.remote.x.password.file} is set, and speaks TLS if {@code javax.net.ssl.keyStore} is.
 */
public final class IdleProgram {

    private IdleProgram() {}

    public static void main(String[] args) throws Exception {
        if (List.of(args).contains("agent")) {
            FakeAgent.register();
        }
        if (List.of(args).contains("jmx")) {
            System.out.println("jmx " + openJmx());
        }
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // Only the end matters.
        }
        System.exit(0);
    }

    private static int openJmx() throws Exception {
        System.setProperty("java.rmi.server.hostname", "127.0.0.1");
        boolean tls = System.getProperty("javax.net.ssl.keyStore") != null;
        ServerSocketFactory sockets = tls ? SSLServerSocketFactory.getDefault() : ServerSocketFactory.getDefault();
        RMIClientSocketFactory clients =
                tls ? new SslRMIClientSocketFactory() : RMISocketFactory.getDefaultSocketFactory();
        AtomicInteger port = new AtomicInteger();
        Registry registry = LocateRegistry.createRegistry(0, clients, wanted -> {
            ServerSocket socket = sockets.createServerSocket(wanted, 50, InetAddress.getLoopbackAddress());
            port.set(socket.getLocalPort());
            return socket;
        });
        Map<String, Object> environment = new HashMap<>();
        for (String name : List.of("jmx.remote.x.password.file", "jmx.remote.x.access.file")) {
            if (System.getProperty(name) != null) {
                environment.put(name, System.getProperty(name));
            }
        }
        RMIServerSocketFactory servers =
                wanted -> sockets.createServerSocket(wanted, 50, InetAddress.getLoopbackAddress());
        RMIJRMPServerImpl server = new RMIJRMPServerImpl(0, tls ? clients : null, servers, environment);
        new RMIConnectorServer(
                        new JMXServiceURL("service:jmx:rmi://"),
                        environment,
                        server,
                        ManagementFactory.getPlatformMBeanServer())
                .start();
        registry.bind("jmxrmi", server.toStub());
        return port.get();
    }
}
