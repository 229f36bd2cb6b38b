// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import io.github.sockblame.it.scenario.Peer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.apache.zookeeper.ZooKeeper;

/** The client of ZooKeeper, which connects again by itself. */
public final class ZooKeeperClients {

    private ZooKeeperClients() {}

    public static void main(String[] arguments) throws Exception {
        Cases cases = new Cases().about("ZooKeeper client", ZooKeeper.class);
        cases.proper("a client that waits for its session", caseScope -> {
                    Peer server = Peer.patient(caseScope.inetAddress());
                    ZooKeeper client = connect(server);
                    CaseScope.await("a connection", server::hasGuest);
                    return List.of(server, client);
                })
                .goingOn("a client that connects again and again, because the server leaves", caseScope -> {
                    Peer server = Peer.leaving(caseScope.inetAddress(), 0);
                    return List.of(server, connect(server));
                });
        cases.stand();
    }

    private static ZooKeeper connect(Peer server) throws IOException {
        InetSocketAddress address = server.address();
        return new ZooKeeper(address.getAddress().getHostAddress() + ":" + address.getPort(), 60_000, event -> {});
    }
}
