// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import io.github.sockblame.it.scenario.Peer;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.server.TServer;
import org.apache.thrift.server.TThreadPoolServer;
import org.apache.thrift.transport.TServerSocket;
import org.apache.thrift.transport.TSocket;
import org.apache.thrift.transport.TTransportException;

/** Thrift, both sides. */
public final class ThriftClients {

    private final AtomicInteger served = new AtomicInteger();

    private ThriftClients() {}

    public static void main(String[] arguments) throws Exception {
        new ThriftClients().play();
    }

    private void play() throws Exception {
        Cases cases = new Cases().about("Thrift", TSocket.class);
        cases.proper("closes in a finally block after the server has left", caseScope -> {
                    TSocket socket =
                            open(Peer.leaving(caseScope.inetAddress(), 0).address());
                    try {
                        ignoresEnd(socket);
                    } finally {
                        socket.close();
                    }
                    return socket;
                })
                .proper("a server's processor reads to the end, and the server closes", caseScope -> {
                    TServerSocket listener = serve(this::readToEnd);
                    caseScope
                            .client((InetSocketAddress)
                                    listener.getServerSocket().getLocalSocketAddress())
                            .close();
                    CaseScope.await("the end of a call", () -> served.get() == 1);
                    return listener;
                })
                .leak("ignores the failure of a call", "FORGOTTEN", "ThriftClients.ignoresEnd", caseScope -> {
                    TSocket socket =
                            open(Peer.leaving(caseScope.inetAddress(), 0).address());
                    ignoresEnd(socket);
                    caseScope.awaitCloseWait(1);
                    return socket;
                })
                .leak(
                        "opens three transports one after another, and closes none",
                        "ABANDONED",
                        "ThriftClients.open",
                        c -> {
                            Peer server = Peer.patient(c.inetAddress());
                            List<TSocket> sockets =
                                    List.of(open(server.address()), open(server.address()), open(server.address()));
                            server.leaveAll(3);
                            c.awaitCloseWait(3);
                            return sockets;
                        })
                .leak(
                        "a server's processor never returns, and the client leaves",
                        "ABANDONED",
                        "ThriftClients.serve",
                        c -> {
                            int before = served.get();
                            TServerSocket listener = serve(protocol -> {
                                served.incrementAndGet();
                                sleepForGood();
                                return false;
                            });
                            java.net.Socket client = c.client((InetSocketAddress)
                                    listener.getServerSocket().getLocalSocketAddress());
                            CaseScope.await("a call", () -> served.get() > before);
                            client.close();
                            c.awaitCloseWait(1);
                            return listener;
                        });
        cases.stand();
    }

    private interface Processor {

        boolean process(TProtocol in) throws TException;
    }

    private TServerSocket serve(Processor processor) throws TTransportException {
        TServerSocket listener = new TServerSocket(new InetSocketAddress("127.0.0.1", 0));
        TServer server = new TThreadPoolServer(new TThreadPoolServer.Args(listener)
                .protocolFactory(new TBinaryProtocol.Factory())
                .processor((in, out) -> {
                    while (processor.process(in)) {
                        continue;
                    }
                }));
        Peer.daemon("thrift server", server::serve).start();
        return listener;
    }

    private boolean readToEnd(TProtocol in) throws TException {
        try {
            return in.readByte() >= 0;
        } finally {
            served.incrementAndGet();
        }
    }

    private static void sleepForGood() {
        while (true) {
            java.util.concurrent.locks.LockSupport.park();
        }
    }

    private static TSocket open(InetSocketAddress server) throws TTransportException {
        TSocket socket = new TSocket(server.getAddress().getHostAddress(), server.getPort());
        socket.open();
        return socket;
    }

    private static void ignoresEnd(TSocket socket) {
        try {
            int unused = socket.readAll(new byte[4], 0, 4);
            throw new AssertionError("an answer");
        } catch (TTransportException e) {
            // the server has left, and the transport stays as it is
        }
    }
}
