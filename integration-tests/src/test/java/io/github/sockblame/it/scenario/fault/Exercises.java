// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.fault;

import io.github.sockblame.it.scenario.Descriptors;
import io.github.sockblame.it.scenario.Peer;
import io.github.sockblame.it.scenario.end.TlsEnds;
import io.github.sockblame.it.scenario.kind.FourKinds;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ref.WeakReference;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Small programs, each with a life of a few sockets from open to close, that say the same each time they are run. */
final class Exercises {

    /** Native methods of the JDK in which a thread waits for a socket. */
    private static final List<String> WAITING =
            List.of("park", "poll", "read0", "accept", "accept0", "socketRead0", "socketAccept");

    private final InetAddress here = InetAddress.getLoopbackAddress();
    private final Path unixPath;

    Exercises(Path folder) {
        unixPath = folder.resolve("socket");
    }

    /** All of them, by name. */
    Map<String, Callable<String>> all() {
        Map<String, Callable<String>> all = new LinkedHashMap<>();
        all.put("sockets and channels", Exercises::talk);
        all.put("one side reads, another thread closes", this::closeWhileReading);
        all.put("a selector", this::select);
        all.put("asynchronous channels", this::asynchronous);
        all.put("datagrams", this::datagrams);
        all.put("Unix-domain channels", this::unix);
        all.put("TLS", this::tls);
        all.put("dropped sockets", this::drop);
        return all;
    }

    private static String talk() throws IOException {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream to = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            System.setOut(to);
            System.setErr(to);
            FourKinds.talk();
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    private String closeWhileReading() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 5, here);
                Socket client = new Socket(here, listener.getLocalPort());
                Socket server = listener.accept();
                ServerSocketChannel channels = ServerSocketChannel.open().bind(new InetSocketAddress(here, 0));
                SocketChannel channel = SocketChannel.open(channels.getLocalAddress());
                SocketChannel accepted = channels.accept()) {
            FutureTask<Integer> reads =
                    new FutureTask<>(() -> server.getInputStream().read());
            FutureTask<Integer> readsChannel = new FutureTask<>(() -> accepted.read(ByteBuffer.allocate(1)));
            ServerSocket closing = new ServerSocket(0, 5, here);
            FutureTask<Socket> accepts = new FutureTask<>(closing::accept);
            Thread third = Peer.daemon("accepts", accepts);
            third.start();
            awaitReading(third);
            closing.close();
            Thread first = Peer.daemon("reads", reads);
            Thread second = Peer.daemon("reads a channel", readsChannel);
            first.start();
            second.start();
            awaitReading(first);
            awaitReading(second);
            end(server);
            end(accepted);
            return outcome(accepts)
                    + outcome(reads)
                    + outcome(readsChannel)
                    + client.getInputStream().read()
                    + channel.read(ByteBuffer.allocate(1));
        }
    }

    /** Before its block does so once more. */
    private static void end(Closeable one) throws IOException {
        one.close();
    }

    /** Until it stands in the native read: so the close meets it there. */
    private static void awaitReading(Thread thread) {
        while (thread.isAlive() && WAITING.stream().noneMatch(method -> isIn(thread, method))) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
        }
    }

    private static boolean isIn(Thread thread, String method) {
        StackTraceElement[] stack = thread.getStackTrace();
        return stack.length > 0 && stack[0].getMethodName().equals(method);
    }

    private static String outcome(Future<?> of) throws InterruptedException {
        try {
            return of.get() + "\n";
        } catch (java.util.concurrent.ExecutionException e) {
            Throwable why = e.getCause();
            return (why instanceof AsynchronousCloseException ? "closed by another" : String.valueOf(why)) + "\n";
        }
    }

    private String select() throws IOException {
        StringBuilder said = new StringBuilder();
        try (Selector selector = Selector.open();
                ServerSocketChannel listener = ServerSocketChannel.open().bind(new InetSocketAddress(here, 0));
                SocketChannel client = SocketChannel.open(listener.getLocalAddress())) {
            listener.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
            said.append("ready ").append(selector.select(5000)).append('\n');
            SocketChannel server = listener.accept();
            server.configureBlocking(false).register(selector, SelectionKey.OP_READ);
            client.shutdownOutput();
            selector.selectedKeys().clear();
            said.append("ready ").append(selector.select(5000)).append('\n');
            said.append("read ").append(server.read(ByteBuffer.allocate(1))).append('\n');
            server.close();
            said.append("ready ").append(selector.selectNow()).append('\n');
            said.append("read ")
                    .append(client.read(new ByteBuffer[] {ByteBuffer.allocate(1), ByteBuffer.allocate(1)}))
                    .append('\n');
        }
        return said.toString();
    }

    private String asynchronous() throws Exception {
        try (AsynchronousServerSocketChannel listener =
                        AsynchronousServerSocketChannel.open().bind(new InetSocketAddress(here, 0));
                AsynchronousSocketChannel client = AsynchronousSocketChannel.open()) {
            Future<AsynchronousSocketChannel> accepts = listener.accept();
            client.connect(listener.getLocalAddress()).get();
            AsynchronousSocketChannel server = accepts.get();
            CompletableFuture<Integer> told = new CompletableFuture<>();
            ByteBuffer buffer = ByteBuffer.allocate(8);
            server.read(buffer, null, new CompletionHandler<Integer, Object>() {
                @Override
                public void completed(Integer read, Object nothing) {
                    told.complete(read);
                }

                @Override
                public void failed(Throwable failure, Object nothing) {
                    told.completeExceptionally(failure);
                }
            });
            int wrote = client.write(ByteBuffer.wrap(new byte[3])).get();
            int read = told.get();
            client.shutdownOutput();
            int end = server.read(ByteBuffer.allocate(8)).get();
            server.close();
            return wrote + " " + read + " " + end + " "
                    + client.read(ByteBuffer.allocate(1)).get();
        }
    }

    private String datagrams() throws IOException {
        try (DatagramSocket from = new DatagramSocket(new InetSocketAddress(here, 0));
                DatagramSocket to = new DatagramSocket(new InetSocketAddress(here, 0))) {
            to.setSoTimeout(5000);
            from.send(new DatagramPacket(new byte[3], 3, to.getLocalSocketAddress()));
            DatagramPacket packet = new DatagramPacket(new byte[8], 8);
            to.receive(packet);
            return "received " + packet.getLength();
        }
    }

    private String unix() throws IOException {
        Files.deleteIfExists(unixPath);
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(unixPath);
        try (ServerSocketChannel listener =
                        ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
                SocketChannel client = SocketChannel.open(address);
                SocketChannel server = listener.accept()) {
            int wrote = server.write(ByteBuffer.wrap(new byte[3]));
            int read = client.read(ByteBuffer.allocate(8));
            end(server);
            return wrote + " " + read + " " + client.read(ByteBuffer.allocate(8));
        }
    }

    private String tls() throws Exception {
        SSLContext context = TlsEnds.anonymous();
        try (SSLServerSocket listener =
                        (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 5, here);
                SSLSocket client = (SSLSocket) context.getSocketFactory().createSocket(here, listener.getLocalPort())) {
            listener.setEnabledCipherSuites(TlsEnds.anonymousSuites());
            client.setEnabledCipherSuites(TlsEnds.anonymousSuites());
            FutureTask<String> serves = new FutureTask<>(() -> {
                try (Socket guest = listener.accept()) {
                    guest.getOutputStream().write(7);
                    return "served";
                }
            });
            Peer.daemon("tls peer", serves).start();
            return client.getInputStream().read() + " "
                    + client.getInputStream().read() + " " + serves.get();
        }
    }

    private String drop() throws IOException {
        List<WeakReference<Object>> dropped = new ArrayList<>();
        int before = Descriptors.sockets();
        openWithoutClose(dropped);
        while (Descriptors.sockets() > before || dropped.stream().anyMatch(reference -> reference.get() != null)) {
            System.gc();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        return "collected " + dropped.size();
    }

    private void openWithoutClose(List<WeakReference<Object>> dropped) throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 5, here)) {
            dropped.add(new WeakReference<>(new Socket(here, listener.getLocalPort())));
            dropped.add(new WeakReference<>(listener.accept()));
        }
    }
}
