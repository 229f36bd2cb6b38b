// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.fault;

import com.sun.management.ThreadMXBean;
import io.github.sockblame.it.scenario.Checkpoint;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Has thousands of connections of a few kinds, asks the agent in its own JVM for reports, and prints how many bytes a
 * socket each of them allocates. The asking thread does all the work of a report, so its own count has everything.
 */
public final class AsksOften {

    /** Connections; each has both ends in this JVM. */
    public static final int CONNECTIONS = 2500;

    /** Of several reports the cheapest counts: the first ones load classes, and a busy machine causes second readings. */
    private static final int REPORTS = 16;

    private static final List<Socket> HELD = new ArrayList<>();

    private AsksOften() {}

    public static void main(String[] arguments) throws Exception {
        ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        for (int i = 0; i < CONNECTIONS; i++) {
            connect(listener, i % 3);
        }
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName("io.github.sockblame:type=Sockblame");
        while (!server.isRegistered(name)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        for (String operation : new String[] {"reportParts", "reportJson", "writeReport"}) {
            System.out.println(operation + " " + bytesPerSocket(server, name, operation));
        }
        Checkpoint.reached("done", listener);
    }

    private static void connect(ServerSocket listener, int kind) throws IOException {
        Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort());
        Socket accepted = listener.accept();
        for (Socket socket : new Socket[] {client, accepted}) {
            socket.setSoLinger(true, 0); // no rows in TIME-WAIT for the next program of this network
        }
        HELD.add(client);
        HELD.add(accepted);
        if (kind > 0) {
            accepted.shutdownOutput();
        }
        if (kind > 1 && client.getInputStream().read() != -1) {
            throw new IOException("no end");
        }
    }

    private static long bytesPerSocket(MBeanServer server, ObjectName name, String operation) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        long fewest = Long.MAX_VALUE;
        for (int i = 0; i < REPORTS; i++) {
            boolean file = operation.equals("writeReport");
            Object[] values = file ? new Object[] {"cost-" + i + ".json"} : new Object[0];
            String[] types = file ? new String[] {String.class.getName()} : new String[0];
            long before = threads.getThreadAllocatedBytes(self);
            Object unused = server.invoke(name, operation, values, types);
            fewest = Math.min(fewest, threads.getThreadAllocatedBytes(self) - before);
        }
        return fewest / HELD.size();
    }
}
