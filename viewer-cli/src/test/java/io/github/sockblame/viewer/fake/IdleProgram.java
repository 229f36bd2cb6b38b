// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.fake;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.rmi.registry.LocateRegistry;
import java.rmi.server.RMISocketFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Says {@code ready} and waits for the end of its input. With the argument {@code jmx} it first opens a JMX server for
 * everybody on the loopback address and says {@code jmx PORT}; with {@code agent}, the fake agent's MXBean is there.
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
        AtomicInteger port = new AtomicInteger();
        LocateRegistry.createRegistry(0, RMISocketFactory.getDefaultSocketFactory(), wanted -> {
            ServerSocket socket = new ServerSocket(wanted, 50, InetAddress.getLoopbackAddress());
            port.set(socket.getLocalPort());
            return socket;
        });
        JMXServiceURL url = new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi");
        JMXConnectorServerFactory.newJMXConnectorServer(url, Map.of(), ManagementFactory.getPlatformMBeanServer())
                .start();
        return port.get();
    }
}
