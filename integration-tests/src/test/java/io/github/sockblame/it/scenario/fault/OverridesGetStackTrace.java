// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.fault;

import io.github.sockblame.it.scenario.Checkpoint;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Has a thread of its own class that takes a lock in {@code getStackTrace}, and that writes to a peer that does not
 * read. The main thread holds that lock, and reads an attribute of the agent meanwhile.
 */
public final class OverridesGetStackTrace {

    private static final Object LOCK = new Object();

    private OverridesGetStackTrace() {}

    private static final class Writer extends Thread {

        private final Socket socket;

        Writer(Socket socket) {
            super("writer of the program");
            this.socket = socket;
            setDaemon(true);
        }

        @Override
        public void run() {
            writeForEver();
        }

        private void writeForEver() {
            byte[] data = new byte[1 << 16];
            try {
                for (; ; ) {
                    socket.getOutputStream().write(data);
                }
            } catch (IOException e) {
                // the program ends
            }
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            synchronized (LOCK) {
                return super.getStackTrace();
            }
        }
    }

    public static void main(String[] arguments) throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort());
                Socket silent = listener.accept()) {
            synchronized (LOCK) {
                new Writer(client).start();
                Checkpoint.reached("holds the lock", silent);
                MBeanServer server = ManagementFactory.getPlatformMBeanServer();
                ObjectName agent = new ObjectName("io.github.sockblame:type=Sockblame");
                System.out.println("tracked " + server.getAttribute(agent, "Tracked"));
                Checkpoint.reached("has asked", silent);
            }
        }
    }
}
