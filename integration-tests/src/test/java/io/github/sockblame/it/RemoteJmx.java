// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it;

import java.io.IOException;
import java.util.List;

/**
 * The JVM's own JMX server on a port of loopback, open to everybody there.
 *
 * @param port the port
 */
record RemoteJmx(int port) {

    static RemoteJmx onFreePort() throws IOException {
        return new RemoteJmx(FreePort.on(List.of("127.0.0.1")));
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
