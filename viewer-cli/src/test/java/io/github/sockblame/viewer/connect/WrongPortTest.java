// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A port at which no JMX server listens. */
@Timeout(60)
class WrongPortTest {

    @Test
    void webServerIsNamedAsOne() throws Exception {
        refused(
                "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n",
                "speaks HTTP, and JMX needs RMI: use the port of");
    }

    @Test
    void otherServerIsNamedAsOne() throws Exception {
        refused("220 mail.example ESMTP\r\n", "speaks neither RMI nor TLS");
    }

    @Test
    void serverThatClosesAtOnceIsNotTakenForAFailureOfTls() throws Exception {
        refused("", "closes the connection before it answers (");
    }

    @Test
    void hostWithoutAddressIsNamed() {
        assertThatThrownBy(() -> open("nohost.invalid:9010"))
                .isInstanceOf(CannotAnswerException.class)
                .hasMessageContaining("the host of nohost.invalid:9010 has no address (")
                .hasMessageEndingWith("check the name of the host");
    }

    private static void refused(String banner, String part) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            threads.execute(() -> serve(server, banner));
            String address = "127.0.0.1:" + server.getLocalPort();

            assertThatThrownBy(() -> open(address))
                    .isInstanceOf(CannotAnswerException.class)
                    .hasMessageStartingWith("the port of " + address + " " + part);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Answers the first bytes of each client with this text, until the server is closed. */
    private static void serve(ServerSocket server, String banner) {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                byte[] request = new byte[1024];
                if (client.getInputStream().read(request) > 0) {
                    client.getOutputStream().write(banner.getBytes(US_ASCII));
                    client.shutdownOutput();
                    client.getInputStream().readAllBytes(); // else a reset could overtake the answer
                }
            } catch (IOException e) {
                // the client is gone, or the test is over
            }
        }
    }

    private static void open(String address) throws CannotAnswerException {
        TargetResolver targetResolver = new TargetResolver(
                BundledAgent.ofThisJar(), notice -> {}, CredentialSource.NONE, (target, name) -> target, List::of);
        targetResolver.find(address).readSummary();
    }
}
