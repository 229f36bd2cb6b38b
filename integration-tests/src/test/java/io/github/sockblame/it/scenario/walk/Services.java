// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.walk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.UnicastRemoteObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;

/** What the JDK builds upon sockets: it opens and closes them for itself, some of them long afterwards. */
final class Services implements Closeable {

    private static final int SIZE = 64 * 1024;

    private final HttpServer http;
    private final UpgradingServer http2 = new UpgradingServer();
    private final SocksServer socks = new SocksServer();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Action> all = new ArrayList<>();

    Services() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 20);
        http.createContext("/keep", exchange -> answer(exchange, false));
        http.createContext("/close", exchange -> answer(exchange, true));
        http.start();
        for (boolean virtual : new boolean[] {false, true}) {
            add("HttpURLConnection", "read to the end, kept alive", virtual, () -> read("keep"));
            add("HttpURLConnection", "read to the end, server closes", virtual, () -> read("close"));
            add("HttpURLConnection", "closed half read", virtual, this::closeHalfRead);
            add("HttpURLConnection", "disconnect", virtual, this::disconnect);
            add("java.net.http, HTTP/1.1", "read to the end, kept alive", virtual, () -> fetch("keep"));
            add("java.net.http, HTTP/1.1", "read to the end, server closes", virtual, () -> fetch("close"));
            add("java.net.http, HTTP/1.1", "closed half read", virtual, this::closeHalfFetched);
            add("java.net.http, HTTP/2", "read to the end, server closes", virtual, this::fetchUpgraded);
            add("RMI registry", "called, then unexported", virtual, Services::callRegistry);
            add("JMX connector", "called, then both sides closed", virtual, Services::callConnector);
            add("Socket through SOCKS", "bytes exchanged, then close", virtual, this::throughSocks);
            add("Socket with a SocketImpl of the program's", "use and close", virtual, Services::ownImplementation);
            add("Pipe and Selector", "no socket at all", virtual, Services::pipeAndSelector);
        }
    }

    List<Action> all() {
        return List.copyOf(all);
    }

    private void add(String kind, String name, boolean virtual, Action.Body body) {
        all.add(new Action(kind, name, virtual, body));
    }

    private static void answer(HttpExchange exchange, boolean close) throws IOException {
        try (exchange) {
            if (close) {
                exchange.getResponseHeaders().set("Connection", "close");
            }
            exchange.sendResponseHeaders(200, SIZE);
            exchange.getResponseBody().write(new byte[SIZE]);
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/" + path);
    }

    private HttpURLConnection connection(String path) throws IOException {
        return (HttpURLConnection) uri(path).toURL().openConnection();
    }

    private static void expect(long read) {
        if (read != SIZE) {
            throw new IllegalStateException("read " + read);
        }
    }

    private void read(String path) throws IOException {
        try (InputStream in = connection(path).getInputStream()) {
            expect(in.readAllBytes().length);
        }
    }

    private void closeHalfRead() throws IOException {
        try (InputStream in = connection("keep").getInputStream()) {
            int unused = in.read();
        }
    }

    private void disconnect() throws IOException {
        HttpURLConnection connection = connection("keep");
        int unused = connection.getResponseCode();
        connection.disconnect();
    }

    private void fetch(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(path)).build();
        expect(client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body().length);
    }

    private void closeHalfFetched() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("keep")).build();
        try (InputStream in =
                client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body()) {
            int unused = in.read();
        }
    }

    private void fetchUpgraded() throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + http2.port() + "/");
        HttpClient fresh = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .build(); // the server ends with the first answer
        HttpResponse<Void> answer =
                fresh.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding());
        if (answer.version() != HttpClient.Version.HTTP_2) {
            throw new IllegalStateException("answered in " + answer.version());
        }
    }

    private static void callRegistry() throws IOException {
        Registry registry = LocateRegistry.createRegistry(
                0, Socket::new, port -> new ServerSocket(port, 5, InetAddress.getLoopbackAddress()));
        UnicastRemoteObject.unexportObject(registry, true);
    }

    private static void callConnector() throws IOException {
        JMXServiceURL any = new JMXServiceURL("rmi", "127.0.0.1", 0);
        JMXConnectorServer server = JMXConnectorServerFactory.newJMXConnectorServer(
                any, Map.of(), ManagementFactory.getPlatformMBeanServer());
        server.start();
        try (JMXConnector connector = server.toJMXConnector(Map.of())) {
            connector.connect();
            Integer count = connector.getMBeanServerConnection().getMBeanCount();
            if (count == 0) {
                throw new IllegalStateException("no MBean");
            }
        } finally {
            server.stop();
        }
    }

    private void throughSocks() throws IOException {
        Proxy proxy = new Proxy(Proxy.Type.SOCKS, socks.address());
        try (ServerSocket target = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Socket socket = new Socket(proxy)) {
            socket.connect(target.getLocalSocketAddress());
            try (Socket accepted = target.accept()) {
                accepted.getOutputStream().write(1);
                if (socket.getInputStream().read() != 1) {
                    throw new IllegalStateException("not what was sent");
                }
            }
        }
    }

    private static void ownImplementation() throws IOException {
        try (ServerSocket target = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Socket socket = new ChannelSocketImpl().socket()) {
            socket.connect(target.getLocalSocketAddress());
            try (Socket accepted = target.accept()) {
                accepted.getOutputStream().write(1);
                if (socket.getInputStream().read() != 1) {
                    throw new IllegalStateException("not what was sent");
                }
            }
        }
    }

    private static void pipeAndSelector() throws IOException {
        Pipe pipe = Pipe.open();
        try (Selector selector = Selector.open();
                Pipe.SinkChannel sink = pipe.sink();
                Pipe.SourceChannel source = pipe.source()) {
            Selector woken = selector.wakeup();
            int unused = woken.select() + sink.write(ByteBuffer.allocate(1)) + source.read(ByteBuffer.allocate(1));
        }
    }

    @Override
    public void close() throws IOException {
        http.stop(0);
        http2.close();
        socks.close();
    }
}
