// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.fault;

import io.github.sockblame.it.scenario.Checkpoint;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Asks the agent in its own JVM, by a thread that is interrupted and stays so, and opens a socket as such a thread. */
public final class AsksInterrupted {

    private AsksInterrupted() {}

    public static void main(String[] arguments) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName("io.github.sockblame:type=Sockblame");
        Thread.currentThread().interrupt();
        ServerSocketChannel listener =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        say("opened " + listener.isOpen());
        while (!server.isRegistered(name)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        say("registered");
        for (int i = 0; i < 3; i++) {
            String json = (String) server.invoke(name, "reportJson", new Object[0], new String[0]);
            say("report of " + json.contains("\"port\":" + listener.socket().getLocalPort()));
        }
        String[] file = {"interrupted.json"};
        say("wrote " + server.invoke(name, "writeReport", file, new String[] {String.class.getName()}));
        boolean unused = Thread.interrupted(); // the console's channel takes notice of it
        Checkpoint.reached("done", listener);
    }

    private static void say(String what) {
        System.out.println(what + ", interrupted " + Thread.currentThread().isInterrupted());
    }
}
