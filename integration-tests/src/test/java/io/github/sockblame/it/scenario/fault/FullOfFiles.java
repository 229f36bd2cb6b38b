// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.fault;

import io.github.sockblame.it.scenario.Checkpoint;
import io.github.sockblame.it.scenario.Peer;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * Forgets connections whose peers have closed, then opens files until there is no descriptor left, and later gives the files back. No socket
 * is refused, so nobody hears of it.
 */
public final class FullOfFiles {

    private static final int LEAKS = 40;

    private FullOfFiles() {}

    public static void main(String[] arguments) throws Exception {
        MethodHandles.lookup().ensureInitialized(Checkpoint.class); // its file cannot be opened later
        List<Socket> leaked = new ArrayList<>();
        List<FileInputStream> files = new ArrayList<>();
        try (Peer peer = Peer.leaving(0)) {
            for (int i = 0; i < LEAKS; i++) {
                forget(peer.address(), leaked);
            }
            if (arguments.length > 0) {
                Checkpoint.reached("leaked", leaked);
            }
            fill(files);
            Checkpoint.reached("full", leaked, files);
            for (FileInputStream file : files) {
                file.close();
            }
            Checkpoint.reached("relieved", leaked);
        }
    }

    private static void forget(InetSocketAddress peer, List<Socket> leaked) throws IOException {
        Socket socket = new Socket(peer.getAddress(), peer.getPort());
        leaked.add(socket);
        if (socket.getInputStream().read() >= 0) {
            throw new AssertionError("a byte");
        }
    }

    private static void fill(List<FileInputStream> files) {
        try {
            while (true) {
                files.add(new FileInputStream("/dev/null"));
            }
        } catch (IOException e) {
            System.out.println("refused: " + e.getMessage());
        }
    }
}
