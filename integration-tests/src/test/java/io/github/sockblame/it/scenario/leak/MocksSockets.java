// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.leak;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.sockblame.it.scenario.Checkpoint;
import io.github.sockblame.it.scenario.kind.BlockingChannels;
import io.github.sockblame.it.scenario.kind.BlockingSockets;
import io.github.sockblame.it.scenario.kind.FourKinds;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.List;

/** Has classes of sockets mocked, by the mock maker that retransforms them, beside real ones. */
public final class MocksSockets {

    private MocksSockets() {}

    public static void main(String[] arguments) throws Exception {
        FourKinds.talk();
        mocked();
        List<Object> held = List.of(new BlockingSockets(), new BlockingChannels());
        Checkpoint.reached("open", held);
        mocked();
        FourKinds.talk();
        Checkpoint.reached("more");
    }

    @SuppressWarnings("DirectInvocationOnMock") // that it answers is what is looked at
    private static void mocked() throws IOException {
        Socket socket = mock(Socket.class);
        when(socket.getPort()).thenReturn(7);
        ServerSocket listener = mock(ServerSocket.class);
        when(listener.accept()).thenReturn(socket);
        System.out.println("mocked " + listener.accept().getPort());
        try (SocketChannel real = SocketChannel.open()) {
            SocketChannel channel = mock(real.getClass()); // the JDK's own, which is hooked
            when(channel.isConnected()).thenReturn(true);
            System.out.println("mocked " + channel.isConnected() + ", real " + real.isConnected());
        }
    }
}
