// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.rmi.server.RMIServerSocketFactory;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import javax.management.remote.rmi.RMIConnectorServer;
import javax.rmi.ssl.SslRMIClientSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StubAddressTest {

    private static final String HOSTNAME = "java.rmi.server.hostname";
    private static final String STUB = "/stub/";

    /** As the JDK's local connector has one. */
    private static final Map<String, Object> LOCAL =
            Map.of(RMIConnectorServer.RMI_SERVER_SOCKET_FACTORY_ATTRIBUTE, (RMIServerSocketFactory) ServerSocket::new);

    /** RMI keeps the latest hostname after the property is gone, so the tests that follow get one that leads here. */
    @AfterEach
    void forgetHostname() throws IOException {
        System.setProperty(HOSTNAME, "127.0.0.1");
        try {
            assertThat(decoded(address(LOCAL))).contains("127.0.0.1");
        } finally {
            System.clearProperty(HOSTNAME);
        }
    }

    @Test
    @SuppressWarnings("BanJNDI") // loopback, to a server of this test
    void localConnectorIsReachedAtLoopback() throws Exception {
        JMXConnectorServer server = start(LOCAL);
        try {
            JMXServiceURL address = StubAddress.of(String.valueOf(server.getAddress()));

            assertThat(address.getHost()).isEqualTo("127.0.0.1");
            try (JMXConnector connector = JMXConnectorFactory.connect(address)) {
                assertThat(connector.getMBeanServerConnection().getMBeanCount()).isPositive();
            }
        } finally {
            server.stop();
        }
    }

    @Test
    void hostOfTheStubIsReplaced() throws Exception {
        System.setProperty(HOSTNAME, "203.0.113.7"); // RFC 5737: an address of no machine
        for (Map<String, Object> kind : List.of(LOCAL, Map.<String, Object>of())) {
            String named = address(kind);
            assertThat(decoded(named)).contains("203.0.113.7");
            assertThat(decoded(StubAddress.of(named).toString()))
                    .contains("127.0.0.1")
                    .doesNotContain("203.0.113");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "rmi",
                "service:jmx:rmi:///jndi/ldap://127.0.0.1:3389/x",
                "service:jmx:rmi:///jndi/rmi://127.0.0.1:1099/jmxrmi",
                "service:jmx:rmi://127.0.0.1/jndi/ldap://192.0.2.1/stub/rO0ABQ==",
                "service:jmx:jmxmp://127.0.0.1:9875",
                "service:jmx:iiop://127.0.0.1/stub/rO0ABQ==",
                "service:jmx:rmi://127.0.0.1/ior/rO0ABQ==",
                "service:jmx:rmi://127.0.0.1/stub/",
                "service:jmx:rmi://127.0.0.1/stub/rO0ABQ==",
                "service:jmx:rmi://127.0.0.1/stub/rO0",
                "service:jmx:rmi://127.0.0.1/stub/rO0ABQ==\nservice"
            })
    void everyOtherAddressIsRefused(String named) {
        assertThatThrownBy(() -> StubAddress.of(named)).isInstanceOf(IOException.class);
    }

    @Test
    void stubWithASocketFactoryIsRefused() throws Exception {
        String named = address(Map.of(
                RMIConnectorServer.RMI_CLIENT_SOCKET_FACTORY_ATTRIBUTE,
                new SslRMIClientSocketFactory(),
                RMIConnectorServer.RMI_SERVER_SOCKET_FACTORY_ATTRIBUTE,
                (RMIServerSocketFactory) ServerSocket::new));
        assertThatThrownBy(() -> StubAddress.of(named))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("its stub has an unknown form");
    }

    @Test
    void changedStubIsRefusedOrStillLeadsToLoopback() throws Exception {
        String named = address(LOCAL);
        byte[] stub = bytes(named);
        for (int length = 0; length < stub.length; length++) {
            String shorter = withStub(Arrays.copyOf(stub, length));
            assertThatThrownBy(() -> StubAddress.of(shorter)).isInstanceOf(IOException.class);
        }
        String longer = withStub(Arrays.copyOf(stub, stub.length + 1));
        assertThatThrownBy(() -> StubAddress.of(longer)).isInstanceOf(IOException.class);
        int refused = 0;
        for (int at = 0; at < stub.length; at++) {
            byte[] changed = stub.clone();
            changed[at] ^= 0x41;
            try {
                assertThat(decoded(StubAddress.of(withStub(changed)).toString()))
                        .contains("UnicastRef", "127.0.0.1");
            } catch (IOException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(stub.length / 2);
    }

    private static String address(Map<String, Object> kind) throws IOException {
        JMXConnectorServer server = start(kind);
        try {
            return String.valueOf(server.getAddress());
        } finally {
            server.stop();
        }
    }

    private static JMXConnectorServer start(Map<String, Object> kind) throws IOException {
        JMXConnectorServer server = JMXConnectorServerFactory.newJMXConnectorServer(
                new JMXServiceURL("service:jmx:rmi://"), kind, ManagementFactory.getPlatformMBeanServer());
        server.start();
        return server;
    }

    private static String withStub(byte[] stub) {
        return "service:jmx:rmi://127.0.0.1" + STUB + Base64.getEncoder().encodeToString(stub);
    }

    private static byte[] bytes(String address) {
        return Base64.getDecoder().decode(address.substring(address.indexOf(STUB) + STUB.length()));
    }

    private static String decoded(String address) {
        return new String(bytes(address), ISO_8859_1);
    }
}
