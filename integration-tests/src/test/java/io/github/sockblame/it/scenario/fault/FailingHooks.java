// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.fault;

import io.github.sockblame.it.scenario.Checkpoint;
import io.github.sockblame.it.scenario.kind.FourKinds;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Uses sockets while every hook fails, holds some that were opened so, and goes on with them when the hooks work again. */
public final class FailingHooks {

    private FailingHooks() {}

    public static void main(String[] arguments) throws Exception {
        FourKinds.talk();
        @Nullable Faults faults = Faults.ofAgent();
        for (Error error : List.of(
                new StackOverflowError("injected"),
                new NoClassDefFoundError("injected"),
                new Error("injected"),
                new OutOfMemoryError("injected"))) {
            if (faults != null) {
                faults.inject(error);
            }
            FourKinds.talk();
        }
        InetAddress here = InetAddress.getLoopbackAddress();
        try (ServerSocket listener = new ServerSocket(0, 5, here);
                ServerSocketChannel channels = ServerSocketChannel.open().bind(new InetSocketAddress(here, 0));
                Socket client = new Socket(here, listener.getLocalPort());
                SocketChannel channel = SocketChannel.open(channels.getLocalAddress())) {
            Socket server = listener.accept();
            SocketChannel serverChannel = channels.accept();
            if (faults != null) {
                faults.end();
            }
            Checkpoint.reached("held");
            server.close();
            serverChannel.close();
            System.out.println("read " + client.getInputStream().read());
            System.out.println("read " + channel.read(ByteBuffer.allocate(1)));
            Checkpoint.reached("told");
        }
        FourKinds.talk();
        Checkpoint.reached("done");
    }
}
