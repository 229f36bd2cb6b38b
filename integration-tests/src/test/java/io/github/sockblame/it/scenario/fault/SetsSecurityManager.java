// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.fault;

import io.github.sockblame.it.scenario.Checkpoint;
import io.github.sockblame.it.scenario.Peer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.CodeSource;
import java.security.Permission;
import java.security.Permissions;
import java.security.Policy;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;

/**
 * Sets a policy and a security manager of its own, which permit everything to itself and to the JDK, and nothing to other
 * code. With the argument "after" it uses sockets first. It forgets three connections in each part.
 */
@SuppressWarnings("removal") // JDK 24 and later have no security managers
public final class SetsSecurityManager {

    private static final List<Socket> HELD = new ArrayList<>();

    private SetsSecurityManager() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments[0].equals("after")) {
            forgetThree();
        }
        Policy.setPolicy(new OwnCodeOnly());
        System.setSecurityManager(new SecurityManager());
        forgetThree();
        Checkpoint.reached("leaked", HELD);
    }

    private static void forgetThree() throws IOException {
        try (Peer peer = Peer.leaving(0)) {
            for (int i = 0; i < 3; i++) {
                forget(peer.address());
            }
        }
    }

    private static void forget(InetSocketAddress peer) throws IOException {
        Socket socket = new Socket(peer.getAddress(), peer.getPort());
        HELD.add(socket);
        if (socket.getInputStream().read() >= 0) {
            throw new AssertionError("a byte");
        }
    }

    private static final class OwnCodeOnly extends Policy {

        private final CodeSource own =
                SetsSecurityManager.class.getProtectionDomain().getCodeSource();

        @Override
        public boolean implies(ProtectionDomain domain, Permission permission) {
            CodeSource source = domain.getCodeSource();
            return source == null
                    || source.getLocation() == null
                    || source.getLocation().getProtocol().equals("jrt")
                    || source.getLocation().equals(own.getLocation());
        }

        @Override
        public Permissions getPermissions(CodeSource source) {
            return new Permissions();
        }

        @Override
        public Permissions getPermissions(ProtectionDomain domain) {
            return new Permissions();
        }
    }
}
