// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import io.github.sockblame.it.scenario.Peer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Servers with a thread for each connection. */
public final class OwnServers {

    private static final int SEVERAL = 4;

    private final AtomicInteger handled = new AtomicInteger();
    private final ConcurrentLinkedQueue<Object> kept = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<Socket> waiting = new LinkedBlockingQueue<>();

    private OwnServers() {}

    public static void main(String[] arguments) throws Exception {
        new OwnServers().play();
    }

    private interface Handler {

        void handle(Socket guest) throws Exception;
    }

    private void play() throws Exception {
        Cases cases = new Cases();
        cases.about("thread-per-connection server");
        ends(cases);
        answers(cases);
        cases.about("relay");
        relays(cases);
        cases.stand();
    }

    private void ends(Cases cases) {
        cases.proper("reads to the client's end, and closes", caseScope -> {
                    ServerSocket listener = serve(guest -> {
                        try (guest) {
                            readsToEnd(guest);
                        }
                    });
                    leaveOften(caseScope, listener);
                    caseScope.awaitCloseWait(0);
                    return listener;
                })
                .proper("waits for the next request", caseScope -> {
                    ServerSocket listener = serve(this::readsToEnd);
                    return List.of(listener, caseScope.client(address(listener)));
                })
                .leak(
                        "reads to the client's end, and keeps the socket",
                        "FORGOTTEN",
                        "OwnServers.readsToEnd",
                        caseScope -> {
                            ServerSocket listener = serve(this::readsToEnd);
                            leaveOften(caseScope, listener);
                            caseScope.awaitCloseWait(SEVERAL);
                            return listener;
                        })
                .leak(
                        "puts a connection into a queue that no thread serves",
                        "ABANDONED",
                        "OwnServers.accept",
                        caseScope -> {
                            ServerSocket listener = serve(waiting::put);
                            leaveOften(caseScope, listener);
                            caseScope.awaitCloseWait(SEVERAL);
                            return listener;
                        })
                .leak("a handler that hangs, and the client leaves", "ABANDONED", "OwnServers.accept", caseScope -> {
                    ServerSocket listener = serve(guest -> {
                        int unused = guest.getInputStream().read();
                        kept.add(guest);
                        handled.incrementAndGet();
                        parkForGood();
                    });
                    ask(caseScope, listener).close();
                    caseScope.awaitCloseWait(1);
                    return listener;
                });
    }

    private void answers(Cases cases) {
        cases.goingOn("answers some graces after the client's half close, again and again", caseScope -> {
                    ServerSocket listener = serve(guest -> {
                        try (guest) {
                            readsToEnd(guest);
                            TimeUnit.MILLISECONDS.sleep(5 * CaseScope.grace().toMillis());
                            guest.getOutputStream().write(1);
                        }
                    });
                    Thread client = CaseScope.daemon(() -> halfCloseAgainAndAgain(caseScope, listener));
                    return List.of(listener, client);
                })
                .undecided("answers long after the client's half close", caseScope -> {
                    ServerSocket listener = serve(guest -> {
                        try (guest) {
                            readsToEnd(guest);
                            TimeUnit.MILLISECONDS.sleep(200 * CaseScope.grace().toMillis());
                            guest.getOutputStream().write(1);
                        }
                    });
                    Socket client = caseScope.client(address(listener));
                    client.shutdownOutput();
                    caseScope.awaitCloseWait(1);
                    return List.of(listener, client);
                })
                .undecided("a client leaves while it waits for a late answer, which will come", caseScope -> {
                    ServerSocket listener = serve(guest -> {
                        try (guest) {
                            int unused = guest.getInputStream().read();
                            handled.incrementAndGet();
                            TimeUnit.MILLISECONDS.sleep(200 * CaseScope.grace().toMillis());
                            guest.getOutputStream().write(1);
                        }
                    });
                    ask(caseScope, listener).close();
                    caseScope.awaitCloseWait(1);
                    return listener;
                });
    }

    private void relays(Cases cases) {
        cases.proper("one half has ended, and the other one is open", caseScope -> {
                    Peer origin = Peer.leaving(caseScope.inetAddress(), 3);
                    ServerSocket listener = relayTo(origin.address(), true);
                    Socket client = caseScope.client(address(listener));
                    byte[] unused = client.getInputStream().readNBytes(3);
                    if (client.getInputStream().read() >= 0) {
                        throw new AssertionError("more than the origin's");
                    }
                    caseScope.awaitCloseWait(1); // the relay's to the origin
                    return List.of(origin, listener, client);
                })
                .proper("both halves have ended", caseScope -> {
                    Peer origin = Peer.leaving(caseScope.inetAddress(), 3);
                    ServerSocket listener = relayTo(origin.address(), true);
                    try (Socket client = caseScope.client(address(listener))) {
                        byte[] unused = client.getInputStream().readAllBytes();
                    }
                    caseScope.awaitCloseWait(0);
                    return List.of(origin, listener);
                })
                .leak("both halves have ended, and it closes neither", "FORGOTTEN", "OwnServers.copy", caseScope -> {
                    Peer origin = Peer.leaving(caseScope.inetAddress(), 3);
                    ServerSocket listener = relayTo(origin.address(), false);
                    try (Socket client = caseScope.client(address(listener))) {
                        byte[] unused = client.getInputStream().readAllBytes();
                    }
                    CaseScope.await("the end of both copies", () -> handled.get() >= 2);
                    return List.of(origin, listener);
                });
    }

    private ServerSocket serve(Handler handler) throws IOException {
        handled.set(0);
        ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Peer.daemon("acceptor", () -> accept(listener, handler)).start();
        return listener;
    }

    private void accept(ServerSocket listener, Handler handler) {
        while (!listener.isClosed()) {
            try {
                Socket guest = listener.accept();
                Peer.daemon("handler", () -> handle(handler, guest)).start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void handle(Handler handler, Socket guest) {
        try {
            handler.handle(guest);
        } catch (Exception e) {
            System.out.println("handler: " + e);
        }
    }

    private void readsToEnd(Socket guest) throws IOException {
        InputStream in = guest.getInputStream();
        int read = in.read();
        while (read >= 0) {
            read = in.read();
        }
        kept.add(guest);
    }

    private ServerSocket relayTo(InetSocketAddress origin, boolean closes) throws IOException {
        return serve(guest -> {
            Socket other = new Socket(origin.getAddress(), origin.getPort());
            kept.add(other);
            kept.add(guest);
            Thread back = Peer.daemon("relay back", () -> handle(from -> copy(from, guest), other));
            back.start();
            copy(guest, other);
            back.join();
            if (closes) {
                guest.close();
                other.close();
            }
        });
    }

    /** Copies to the end, and hands the end on. */
    private void copy(Socket from, Socket to) throws IOException {
        InputStream in = from.getInputStream();
        byte[] some = new byte[100];
        int read = in.read(some);
        while (read >= 0) {
            to.getOutputStream().write(some, 0, read);
            read = in.read(some);
        }
        try {
            to.shutdownOutput();
        } catch (IOException e) {
            // over on both sides
        }
        handled.incrementAndGet();
    }

    private Socket ask(CaseScope caseScope, ServerSocket listener) throws Exception {
        Socket client = caseScope.client(address(listener));
        client.getOutputStream().write(1);
        CaseScope.await("a handler at work", () -> handled.get() == 1);
        return client;
    }

    private static void leaveOften(CaseScope caseScope, ServerSocket listener) throws IOException {
        for (int i = 0; i < SEVERAL; i++) {
            caseScope.client(address(listener)).close();
        }
    }

    private static Object halfCloseAgainAndAgain(CaseScope caseScope, ServerSocket listener) throws Exception {
        while (!Thread.currentThread().isInterrupted()) {
            try (Socket client = new Socket()) {
                client.bind(new InetSocketAddress(caseScope.inetAddress(), 0));
                client.connect(address(listener));
                client.shutdownOutput();
                byte[] unused = client.getInputStream().readAllBytes();
            }
        }
        return listener;
    }

    private static InetSocketAddress address(ServerSocket listener) {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    private static void parkForGood() {
        while (true) {
            LockSupport.park();
        }
    }
}
