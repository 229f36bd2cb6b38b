// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.end;

import io.github.sockblame.it.scenario.Checkpoint;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Is given a socket as its standard input by whoever started it; what usually is standard input is descriptor 3. */
public final class InheritedSocket {

    private final List<Closeable> held = new ArrayList<>();

    private InheritedSocket() {}

    public static void main(String[] arguments) throws IOException {
        // the close of an inherited channel also takes the standard streams away
        System.setIn(new FileInputStream("/proc/self/fd/3"));
        System.setOut(new PrintStream(new FileOutputStream("/proc/self/fd/1"), true, StandardCharsets.UTF_8));
        InheritedSocket program = new InheritedSocket();
        Checkpoint.reached("started");
        Channel channel = program.inherit();
        Checkpoint.reached("inherited");
        if (channel instanceof ServerSocketChannel listener) {
            program.accept(listener);
        } else if (channel instanceof SocketChannel connection) {
            program.read(connection);
        }
        Checkpoint.reached("used");
        channel.close();
        Checkpoint.reached("closed", program.held);
    }

    private Channel inherit() throws IOException {
        Channel channel = System.inheritedChannel();
        if (channel == null) {
            throw new AssertionError("nothing was inherited");
        }
        return channel;
    }

    private void read(SocketChannel connection) throws IOException {
        EndsOfFile.expectEnd(connection.read(ByteBuffer.allocate(8)));
    }

    private void accept(ServerSocketChannel listener) throws IOException {
        InetSocketAddress address = (InetSocketAddress) listener.getLocalAddress();
        held.add(new Socket(address.getAddress(), address.getPort()));
        held.add(acceptOne(listener));
    }

    private static SocketChannel acceptOne(ServerSocketChannel listener) throws IOException {
        return listener.accept();
    }
}
