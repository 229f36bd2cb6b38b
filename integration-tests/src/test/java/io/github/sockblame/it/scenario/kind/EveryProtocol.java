// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.kind;

import io.github.sockblame.it.scenario.Checkpoint;
import io.github.sockblame.it.scenario.Peer;
import java.io.IOException;
import java.lang.ref.Reference;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Holds sockets of every protocol that Java knows, the TCP ones in as many states as can be held still. */
public final class EveryProtocol {

    private final List<@Nullable Object> held = new ArrayList<>();

    private EveryProtocol() {}

    public static void main(String[] arguments) throws Exception {
        EveryProtocol all = new EveryProtocol();
        Path folder = Path.of(arguments[0]);
        try (Peer leaving = Peer.leaving(5);
                Peer patient = Peer.patient()) {
            all.tcp(leaving.address(), patient.address());
            all.asynchronous();
            all.tls();
            all.udp();
            all.unix(folder.resolve("socket"));
            Checkpoint.reached("open");
        } finally {
            Files.deleteIfExists(folder.resolve("socket"));
            Reference.reachabilityFence(all.held);
        }
    }

    private void tcp(InetSocketAddress leaving, InetSocketAddress patient) throws IOException {
        held.add(SocketChannel.open()); // neither bound nor connected
        held.add(SocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
        Socket abandoned = new Socket(leaving.getAddress(), leaving.getPort());
        held.add(abandoned);
        held.add(abandoned.getInputStream().readNBytes(5));
        held.add(new Socket(patient.getAddress(), patient.getPort()));
        ServerSocket busy = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        held.add(busy);
        Socket halfClosed = new Socket(busy.getInetAddress(), busy.getLocalPort());
        held.add(halfClosed);
        halfClosed.shutdownOutput(); // and waits in the backlog, where nobody accepts it
        held.add(ServerSocketChannel.open(StandardProtocolFamily.INET)
                .bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0)));
    }

    /** The connection waits when it is accepted, so this thread accepts it. */
    private void asynchronous() throws Exception {
        AsynchronousServerSocketChannel listener = AsynchronousServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        AsynchronousSocketChannel client = AsynchronousSocketChannel.open();
        Object connected = client.connect(listener.getLocalAddress()).get();
        held.addAll(Arrays.asList(listener, client, connected, listener.accept().get()));
    }

    private void tls() throws IOException {
        held.add(SSLSocketFactory.getDefault().createSocket()); // no descriptor yet
    }

    private void udp() throws IOException {
        held.add(new DatagramSocket());
        held.add(DatagramChannel.open()); // not bound, so in no table of the kernel's
        held.add(DatagramChannel.open(StandardProtocolFamily.INET)
                .bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0)));
        DatagramSocket full = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        DatagramChannel connected = DatagramChannel.open().connect(full.getLocalSocketAddress());
        held.addAll(List.of(full, connected, connected.write(ByteBuffer.allocate(100)))); // which nobody reads
        held.add(Pipe.open()); // no socket
    }

    private void unix(Path path) throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(address);
        held.add(listener);
        held.add(SocketChannel.open(address));
        held.add(listener.accept());
    }
}
