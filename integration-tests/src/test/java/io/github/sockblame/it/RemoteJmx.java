// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Random;

/**
 * The JVM's own JMX server on a port of loopback, open to everybody there.
 *
 * @param port the port
 */
record RemoteJmx(int port) {

    /** Below the ports that the kernel gives out by itself, so that none of the many connections here takes it meanwhile. */
    private static final int LOWEST = 20_000;

    private static final int PORTS = 10_000;

    static RemoteJmx onFreePort() {
        Random random = new Random();
        for (int i = 0; i < 100; i++) {
            int port = LOWEST + random.nextInt(PORTS);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return new RemoteJmx(free.getLocalPort());
            } catch (IOException e) {
                // taken; another one then
            }
        }
        throw new AssertionError("no free port");
    }

    List<String> arguments() {
        return List.of(
                "-Dcom.sun.management.jmxremote.port=" + port,
                "-Dcom.sun.management.jmxremote.rmi.port=" + port,
                "-Dcom.sun.management.jmxremote.host=127.0.0.1",
                "-Djava.rmi.server.hostname=127.0.0.1",
                "-Dcom.sun.management.jmxremote.authenticate=false",
                "-Dcom.sun.management.jmxremote.ssl=false");
    }

    /** {@code host:port}, as a user types it. */
    String address() {
        return "127.0.0.1:" + port;
    }

    String url() {
        return "service:jmx:rmi:///jndi/rmi://" + address() + "/jmxrmi";
    }
}
