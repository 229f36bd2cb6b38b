// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harness;

import java.io.IOException;
import java.util.List;

/**
 * The JVM's own JMX server on a port of loopback, open to everybody there.
 *
 * @param port the port
 */
public record RemoteJmx(int port) {

    private static final String HERE = "127.0.0.1";

    public static RemoteJmx onFreePort() throws IOException {
        return new RemoteJmx(FreePort.on(List.of(HERE)));
    }

    public List<String> arguments() {
        return argumentsSaying(HERE);
    }

    /** With another address that clients are told to come to. */
    public List<String> argumentsSaying(String address) {
        return List.of(
                "-Dcom.sun.management.jmxremote.port=" + port,
                "-Dcom.sun.management.jmxremote.rmi.port=" + port,
                "-Dcom.sun.management.jmxremote.host=" + HERE,
                "-Djava.rmi.server.hostname=" + address,
                "-Dcom.sun.management.jmxremote.authenticate=false",
                "-Dcom.sun.management.jmxremote.ssl=false");
    }

    /** {@code host:port}, as a user types it. */
    public String address() {
        return HERE + ":" + port;
    }

    public String url() {
        return urlAt(HERE);
    }

    public String urlAt(String address) {
        return "service:jmx:rmi:///jndi/rmi://" + address + ":" + port + "/jmxrmi";
    }
}
