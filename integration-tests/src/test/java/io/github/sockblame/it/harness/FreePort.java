// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harness;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Random;

/** Ports for servers that are told their port. */
final class FreePort {

    /** Below the ports that the kernel gives out by itself, so that none of the many connections here takes it meanwhile. */
    private static final int LOWEST = 20_000;

    private static final int PORTS = 10_000;

    private static final Random RANDOM = new Random();

    private FreePort() {}

    /** One that is free at each of these addresses, and stays so until another of the tests happens to choose it. */
    static int on(List<String> addresses) throws IOException {
        for (int i = 0; i < 100; i++) {
            int port = LOWEST + RANDOM.nextInt(PORTS);
            if (isFree(port, addresses)) {
                return port;
            }
        }
        throw new AssertionError("no free port");
    }

    private static boolean isFree(int port, List<String> addresses) throws IOException {
        for (String address : addresses) {
            try {
                new ServerSocket(port, 1, InetAddress.getByName(address)).close();
            } catch (BindException e) {
                return false;
            }
        }
        return true;
    }
}
