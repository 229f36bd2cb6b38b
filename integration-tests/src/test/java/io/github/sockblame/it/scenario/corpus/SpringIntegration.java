// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import io.github.sockblame.it.scenario.Peer;
import java.net.InetSocketAddress;
import java.util.List;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.integration.ip.tcp.connection.AbstractClientConnectionFactory;
import org.springframework.integration.ip.tcp.connection.TcpConnection;
import org.springframework.integration.ip.tcp.connection.TcpNetClientConnectionFactory;
import org.springframework.integration.ip.tcp.connection.TcpNioClientConnectionFactory;

/** The TCP connections of Spring Integration. */
public final class SpringIntegration {

    private SpringIntegration() {}

    public static void main(String[] arguments) throws Exception {
        Cases cases = new Cases().about("Spring Integration", TcpConnection.class);
        cases.proper("blocking: a connection at rest", caseScope -> {
                    Peer server = Peer.patient(caseScope.inetAddress());
                    return List.of(server, connect(blocking(server.address())));
                })
                .proper("blocking: the server leaves", caseScope -> {
                    TcpConnection connection = connect(
                            blocking(Peer.leaving(caseScope.inetAddress(), 0).address()));
                    CaseScope.await("the end", () -> !connection.isOpen());
                    return connection;
                })
                .proper("channels: a connection at rest", caseScope -> {
                    Peer server = Peer.patient(caseScope.inetAddress());
                    return List.of(server, connect(channels(server.address())));
                })
                .proper("channels: the connection is closed", caseScope -> {
                    Peer server = Peer.patient(caseScope.inetAddress());
                    connect(channels(server.address())).close();
                    return server;
                });
        cases.stand();
    }

    private static AbstractClientConnectionFactory blocking(InetSocketAddress server) {
        return started(new TcpNetClientConnectionFactory(server.getAddress().getHostAddress(), server.getPort()));
    }

    private static AbstractClientConnectionFactory channels(InetSocketAddress server) {
        return started(new TcpNioClientConnectionFactory(server.getAddress().getHostAddress(), server.getPort()));
    }

    private static AbstractClientConnectionFactory started(AbstractClientConnectionFactory factory) {
        factory.registerListener(message -> {});
        factory.setBeanFactory(new DefaultListableBeanFactory());
        factory.afterPropertiesSet();
        factory.start();
        return factory;
    }

    private static TcpConnection connect(AbstractClientConnectionFactory factory) throws Exception {
        return factory.getConnection();
    }
}
