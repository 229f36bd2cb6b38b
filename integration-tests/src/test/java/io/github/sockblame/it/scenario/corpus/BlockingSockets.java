// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import io.github.sockblame.it.scenario.Peer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Programs on {@code java.net.Socket} alone. */
public final class BlockingSockets {

    private static final int SEVERAL = 4;

    private BlockingSockets() {}

    public static void main(String[] arguments) throws Exception {
        Cases cases = new Cases().about("java.net.Socket");
        reads(cases);
        keeps(cases);
        fails(cases);
        halves(cases);
        cases.stand();
    }

    private static void reads(Cases cases) {
        cases.proper("reads to the end, and closes", caseScope -> {
                    try (Socket socket = open(leaving(caseScope))) {
                        readsToEnd(socket);
                        return socket;
                    }
                })
                .proper("a thread waits in read", caseScope -> {
                    Peer server = Peer.patient(caseScope.inetAddress());
                    Socket socket = open(server.address());
                    return List.of(
                            server,
                            CaseScope.daemon(() -> socket.getInputStream().read()));
                })
                .leak("reads to the end, and the thread ends", "FORGOTTEN", "BlockingSockets.readsToEnd", caseScope -> {
                    Socket socket = open(leaving(caseScope));
                    Thread reading = CaseScope.daemon(() -> readsToEnd(socket));
                    reading.join();
                    caseScope.awaitCloseWait(1);
                    return socket;
                })
                .leak(
                        "one thread reads " + SEVERAL + " to the end, one after another",
                        "FORGOTTEN",
                        "BlockingSockets.readsToEnd",
                        caseScope -> {
                            InetSocketAddress server = leaving(caseScope);
                            List<Socket> sockets = new ArrayList<>();
                            for (int i = 0; i < SEVERAL; i++) {
                                Socket socket = open(server);
                                readsToEnd(socket);
                                sockets.add(socket);
                            }
                            caseScope.awaitCloseWait(SEVERAL);
                            return sockets;
                        });
    }

    private static void keeps(Cases cases) {
        cases.proper(SEVERAL + " connections rest in a queue of the program's own", caseScope -> {
                    Peer server = Peer.patient(caseScope.inetAddress());
                    return List.of(server, Together.play(SEVERAL, () -> asks(server.address())));
                })
                .leak(
                        "opens " + SEVERAL + " one after another, and uses none again",
                        "ABANDONED",
                        "BlockingSockets.asks",
                        c -> {
                            Peer server = Peer.patient(c.inetAddress());
                            List<Socket> sockets = new ArrayList<>();
                            for (int i = 0; i < SEVERAL; i++) {
                                sockets.add(asks(server.address()));
                            }
                            server.endAll(SEVERAL);
                            c.awaitCloseWait(SEVERAL);
                            return sockets;
                        })
                .leak(
                        "tasks of a thread pool open one each, and close none",
                        "ABANDONED",
                        "BlockingSockets.asks",
                        c -> {
                            Peer server = Peer.patient(c.inetAddress());
                            List<Socket> sockets = new ArrayList<>();
                            ExecutorService executor = Executors.newFixedThreadPool(2);
                            for (int i = 0; i < SEVERAL; i++) {
                                sockets.add(executor.submit(() -> asks(server.address()))
                                        .get());
                            }
                            executor.shutdown();
                            server.endAll(SEVERAL);
                            c.awaitCloseWait(SEVERAL);
                            return sockets;
                        })
                .proper("drops one without a close, and the JDK's cleaner closes it", caseScope -> {
                    Peer server = Peer.patient(caseScope.inetAddress());
                    WeakReference<Socket> dropped = drops(server.address());
                    CaseScope.await("a collection", () -> {
                        System.gc();
                        return dropped.get() == null && !server.hasGuest();
                    });
                    return server;
                });
    }

    private static void fails(Cases cases) {
        cases.proper("a reset, and the program closes after the exception", caseScope -> {
                    Peer server = Peer.patient(caseScope.inetAddress());
                    try (Socket socket = open(server.address())) {
                        reset(server);
                        ignoresReset(socket);
                        return socket;
                    }
                })
                .proper("a connect that is refused", caseScope -> {
                    Peer server = Peer.patient(caseScope.inetAddress());
                    server.close();
                    Socket socket = new Socket();
                    try {
                        socket.connect(server.address());
                        throw new AssertionError("connected");
                    } catch (IOException e) {
                        return socket; // which connect has closed
                    }
                })
                .leak(
                        "a reset, and the program ignores the exception",
                        "DEAD FD",
                        "BlockingSockets.open",
                        caseScope -> {
                            Peer server = Peer.patient(caseScope.inetAddress());
                            Socket socket = open(server.address());
                            reset(server);
                            ignoresReset(socket);
                            return socket;
                        })
                .leak(
                        "a reset of " + SEVERAL + " that are not in use",
                        "DEAD FD",
                        "BlockingSockets.asks",
                        caseScope -> {
                            Peer server = Peer.patient(caseScope.inetAddress());
                            List<Socket> sockets = new ArrayList<>();
                            for (int i = 0; i < SEVERAL; i++) {
                                sockets.add(asks(server.address()));
                            }
                            CaseScope.await("guests", () -> server.guests() == SEVERAL);
                            server.resetAll();
                            return sockets;
                        });
    }

    private static void halves(Cases cases) {
        cases.proper("shuts its own input down, and writes on", caseScope -> {
                    Peer server = Peer.patient(caseScope.inetAddress());
                    Socket socket = open(server.address());
                    shutsInput(socket);
                    socket.getOutputStream().write(1);
                    return List.of(server, socket);
                })
                .proper("shuts its own output down, and waits for the answer", caseScope -> {
                    ServerSocket server = new ServerSocket(0, 1, caseScope.inetAddress());
                    Socket socket = open((InetSocketAddress) server.getLocalSocketAddress());
                    Socket guest = server.accept();
                    socket.shutdownOutput();
                    return List.of(
                            server,
                            guest,
                            CaseScope.daemon(() -> socket.getInputStream().read()));
                })
                .leak(
                        "shuts its own input down, and keeps the connection when the server leaves",
                        "ABANDONED",
                        "BlockingSockets.open",
                        caseScope -> {
                            Peer server = Peer.patient(caseScope.inetAddress());
                            Socket socket = open(server.address());
                            shutsInput(socket);
                            server.leaveAll(1);
                            caseScope.awaitCloseWait(1);
                            return socket;
                        });
    }

    private static InetSocketAddress leaving(CaseScope caseScope) throws IOException {
        return Peer.leaving(caseScope.inetAddress(), 0).address();
    }

    private static Socket open(InetSocketAddress server) throws IOException {
        return new Socket(server.getAddress(), server.getPort());
    }

    private static Socket asks(InetSocketAddress server) throws IOException {
        Socket socket = new Socket(server.getAddress(), server.getPort());
        socket.getOutputStream().write(1);
        return socket;
    }

    private static WeakReference<Socket> drops(InetSocketAddress server) throws IOException {
        return new WeakReference<>(new Socket(server.getAddress(), server.getPort()));
    }

    private static int readsToEnd(Socket socket) throws IOException {
        int read = socket.getInputStream().read();
        while (read >= 0) {
            read = socket.getInputStream().read();
        }
        return read;
    }

    /** The -1 that it reads then is the program's own. */
    private static void shutsInput(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        socket.shutdownInput();
        if (in.read() >= 0) {
            throw new AssertionError("data");
        }
    }

    private static void reset(Peer server) throws Exception {
        CaseScope.await("a guest", server::hasGuest);
        server.resetAll();
    }

    private static void ignoresReset(Socket socket) {
        try {
            throw new AssertionError(socket.getInputStream().read() + " instead of a reset");
        } catch (IOException e) {
            // as careless programs do
        }
    }
}
