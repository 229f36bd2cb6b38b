// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import io.github.sockblame.it.scenario.Peer;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;

/** MINA SSHD, both sides. */
public final class SshClients {

    private final SshClient client = SshClient.setUpDefaultClient();

    private SshClients() {}

    public static void main(String[] arguments) throws Exception {
        new SshClients().play();
    }

    private void play() throws Exception {
        client.start();
        Cases cases = new Cases().about("MINA SSHD", SshClient.class);
        cases.proper("a client whose server leaves", caseScope -> {
                    Peer server = Peer.leaving(caseScope.inetAddress(), 0);
                    ClientSession session = connect(server.address());
                    CaseScope.await("the end of the session", () -> !session.isOpen());
                    return session;
                })
                .proper("a session that is closed", caseScope -> {
                    Peer server = Peer.patient(caseScope.inetAddress());
                    connect(server.address()).close();
                    return server;
                })
                .proper("a session that waits for its server", caseScope -> {
                    Peer server = Peer.patient(caseScope.inetAddress());
                    return List.of(server, connect(server.address()));
                })
                .proper("a server whose client leaves", caseScope -> {
                    SshServer server = serve();
                    Socket guest = caseScope.client(new InetSocketAddress("127.0.0.1", server.getPort()));
                    CaseScope.await(
                            "a session", () -> !server.getActiveSessions().isEmpty());
                    guest.close();
                    CaseScope.await(
                            "the end of the session",
                            () -> server.getActiveSessions().isEmpty());
                    return server;
                });
        cases.stand();
    }

    private ClientSession connect(InetSocketAddress server) throws Exception {
        return client.connect("user", server).verify(20, TimeUnit.SECONDS).getSession();
    }

    private static SshServer serve() throws Exception {
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(new SimpleGeneratorHostKeyProvider());
        server.start();
        return server;
    }
}
