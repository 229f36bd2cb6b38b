// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.remote.JMXServiceURL;

/** Checks, after no JMX server answered, whether the port belongs to a web server: the usual mistake. */
final class HttpProbe {

    /** For the connect and for each read. */
    private static final int TIMEOUT_MILLIS = 2000;

    private static final byte[] REQUEST = "HEAD / HTTP/1.0\r\n\r\n".getBytes(US_ASCII);
    private static final byte[] ANSWER = "HTTP/".getBytes(US_ASCII);
    private static final Pattern REGISTRY = Pattern.compile("/jndi/rmi://(\\[[^\\]/]+]|[^:/]+):([0-9]{1,5})/.*");

    private HttpProbe() {}

    /** Returns whether the registry of this address answers a request of HTTP; false if the address names no registry. */
    static boolean isWebServer(JMXServiceURL url) {
        Matcher registry = REGISTRY.matcher(String.valueOf(url.getURLPath()));
        if (!registry.matches()) {
            return false;
        }
        int port = Integer.parseInt(registry.group(2));
        return port > 0 && port <= 65535 && answersHttp(new InetSocketAddress(registry.group(1), port));
    }

    private static boolean answersHttp(InetSocketAddress address) {
        if (address.isUnresolved()) {
            return false;
        }
        try (Socket socket = new Socket()) {
            socket.connect(address, TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write(REQUEST);
            out.flush();
            byte[] answer = socket.getInputStream().readNBytes(ANSWER.length);
            return Arrays.equals(answer, ANSWER);
        } catch (IOException e) {
            return false; // not a web server either
        }
    }
}
