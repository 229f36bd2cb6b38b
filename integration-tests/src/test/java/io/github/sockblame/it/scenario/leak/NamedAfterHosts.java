// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.leak;

import io.github.sockblame.it.scenario.Checkpoint;
import io.github.sockblame.it.scenario.Peer;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * Forgets connections to this machine's address beside loopback, if it has one, and one on loopback, in threads that are named after the
 * host. Prints the address, and the ports.
 */
public final class NamedAfterHosts {

    private NamedAfterHosts() {}

    public static void main(String[] arguments) throws Exception {
        List<Socket> held = new ArrayList<>();
        InetAddress own = ownAddress();
        System.out.println("address " + own.getHostAddress());
        try (Peer far = Peer.leaving(own, 0);
                Peer near = Peer.leaving(InetAddress.getLoopbackAddress(), 0)) {
            System.out.println("far " + far.address().getPort());
            System.out.println("near " + near.address().getPort());
            Thread client = new Thread(() -> forgetAll(far, near, held));
            client.setName("OkHttp https://" + own.getHostAddress() + "/ for api.acme.example");
            client.start();
            client.join();
            Checkpoint.reached("leaked", held);
        }
    }

    private static void forgetAll(Peer far, Peer near, List<Socket> held) {
        try {
            forgetFar(far, held);
            forgetFar(far, held);
            forgetNear(near, held);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void forgetFar(Peer peer, List<Socket> held) throws IOException {
        forget(new Socket(peer.address().getAddress(), peer.address().getPort()), held);
    }

    private static void forgetNear(Peer peer, List<Socket> held) throws IOException {
        forget(new Socket(peer.address().getAddress(), peer.address().getPort()), held);
    }

    private static void forget(Socket socket, List<Socket> held) throws IOException {
        held.add(socket);
        if (socket.getInputStream().read() >= 0) {
            throw new AssertionError("a byte");
        }
    }

    private static InetAddress ownAddress() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst()
                .orElse(InetAddress.getLoopbackAddress());
    }
}
