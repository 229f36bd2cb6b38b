// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.end;

import io.github.sockblame.it.scenario.Checkpoint;
import io.github.sockblame.it.scenario.Peer;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Uses sockets of several kinds, and listens itself to what the hooks say while the agent is out of the JVM. */
public final class DetachedFrom {

    private final List<Object> held = new ArrayList<>();

    private DetachedFrom() {}

    public static void main(String[] arguments) throws Exception {
        DetachedFrom program = new DetachedFrom();
        try (Peer peer = Peer.leaving(1)) {
            program.use(peer);
            Checkpoint.reached("before");
            program.use(peer);
            Checkpoint.reached("watched");
            program.use(peer); // the peer's accept was inside a hooked method when that was restored, and ends in it
            program.listenAndUse("after", peer);
            Checkpoint.reached("after");
            program.useAgain(peer);
            Checkpoint.reached("again", program.held);
            program.listenAndUse("control", peer);
            Checkpoint.reached("control");
        }
    }

    private void useAgain(Peer peer) throws Exception {
        use(peer);
    }

    /** Holds one connection of each kind to whose end it has read, and closes another. */
    private void use(Peer peer) throws Exception {
        InetSocketAddress address = peer.address();
        for (int i = 0; i < 2; i++) {
            Socket socket = new Socket(address.getAddress(), address.getPort());
            int read = socket.getInputStream().read();
            EndsOfFile.expectEnd(socket.getInputStream().read());
            SocketChannel channel = SocketChannel.open(address);
            while (read >= 0) {
                read = channel.read(ByteBuffer.allocate(8));
            }
            AsynchronousSocketChannel asynchronous = AsynchronousSocketChannel.open();
            Object unused = asynchronous.connect(address).get();
            do {
                read = asynchronous.read(ByteBuffer.allocate(8)).get();
            } while (read >= 0);
            if (i == 0) {
                socket.close();
                channel.close();
                asynchronous.close();
            } else {
                held.addAll(List.of(socket, channel, asynchronous));
            }
        }
    }

    /** Prints how often a hook was heard meanwhile. */
    private void listenAndUse(String name, Peer peer) throws Exception {
        AtomicInteger heard = new AtomicInteger();
        Class<?> listener = Class.forName("io.github.sockblame.probe.SocketListener", true, null);
        Object counting = Proxy.newProxyInstance(
                DetachedFrom.class.getClassLoader(), new Class<?>[] {listener}, (proxy, method, given) -> {
                    heard.incrementAndGet();
                    return null;
                });
        setListener(listener, counting);
        try {
            use(peer);
        } finally {
            setListener(listener, listener.getField("NONE").get(null));
        }
        System.out.println(name + "-heard " + heard);
    }

    private static void setListener(Class<?> type, Object listener) throws ReflectiveOperationException, IOException {
        try {
            Class.forName("io.github.sockblame.probe.SocketProbe", true, null)
                    .getMethod("setListener", type)
                    .invoke(null, listener);
        } catch (InvocationTargetException e) {
            throw new IOException(e);
        }
    }
}
