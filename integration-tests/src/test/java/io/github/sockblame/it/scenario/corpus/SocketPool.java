// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import io.github.sockblame.it.scenario.Peer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.ObjectPool;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;

/** A pool of sockets made with Commons Pool. */
public final class SocketPool {

    private static final int POOL = 4;

    private SocketPool() {}

    public static void main(String[] arguments) throws Exception {
        Cases cases = new Cases().about("Commons Pool", ObjectPool.class);
        cases.leftAtRest("gives " + POOL + " sockets back, and the server leaves", caseScope -> {
                    Peer server = Peer.patient(caseScope.inetAddress());
                    ObjectPool<Socket> pool = pool(server.address());
                    burst(pool);
                    leave(caseScope, server);
                    return pool;
                })
                .leftAtRest("two pools of one place, to two servers that leave", caseScope -> {
                    List<Object> pools = new ArrayList<>();
                    for (int i = 1; i <= 2; i++) {
                        Peer server = Peer.patient(caseScope.inetAddress());
                        ObjectPool<Socket> pool = pool(server.address());
                        burst(pool);
                        server.endAll(POOL);
                        caseScope.awaitCloseWait(i * POOL);
                        pools.add(pool);
                    }
                    return pools;
                })
                .proper("gives sockets back, and the pool is closed", caseScope -> {
                    Peer server = Peer.patient(caseScope.inetAddress());
                    ObjectPool<Socket> pool = pool(server.address());
                    burst(pool);
                    pool.close();
                    return server;
                })
                .leak(
                        "takes " + POOL + " sockets and gives none back",
                        "ABANDONED",
                        "SocketPool$Sockets.create",
                        caseScope -> {
                            Peer server = Peer.patient(caseScope.inetAddress());
                            ObjectPool<Socket> pool = pool(server.address());
                            List<Object> held = new ArrayList<>();
                            held.add(pool);
                            for (int i = 0; i < POOL; i++) {
                                held.add(takes(pool));
                            }
                            leave(caseScope, server);
                            return held;
                        })
                .leak(
                        "takes " + POOL + " sockets and gives none back, and a reset ends them",
                        "DEAD FD",
                        "SocketPool$Sockets.create",
                        c -> {
                            Peer server = Peer.patient(c.inetAddress());
                            ObjectPool<Socket> pool = pool(server.address());
                            List<Object> held = new ArrayList<>();
                            held.add(pool);
                            for (int i = 0; i < POOL; i++) {
                                held.add(takes(pool));
                            }
                            CaseScope.await("guests", () -> server.guests() == POOL);
                            server.resetAll();
                            return held;
                        });
        cases.stand();
    }

    private static ObjectPool<Socket> pool(InetSocketAddress server) {
        GenericObjectPool<Socket> pool = new GenericObjectPool<>(new Sockets(server));
        pool.setMaxTotal(POOL);
        pool.setMaxIdle(POOL);
        return pool;
    }

    private static Socket takes(ObjectPool<Socket> pool) throws Exception {
        Socket socket = pool.borrowObject();
        socket.getOutputStream().write(1);
        return socket;
    }

    private static void burst(ObjectPool<Socket> pool) throws Exception {
        CyclicBarrier all = new CyclicBarrier(POOL);
        List<Socket> unused = Together.play(POOL, () -> {
            Socket socket = pool.borrowObject();
            try {
                socket.getOutputStream().write(1 + all.await(20, TimeUnit.SECONDS));
                return socket;
            } finally {
                pool.returnObject(socket);
            }
        });
    }

    private static void leave(CaseScope caseScope, Peer server) throws Exception {
        server.endAll(POOL);
        caseScope.awaitCloseWait(POOL);
    }

    private static final class Sockets extends BasePooledObjectFactory<Socket> {

        private final InetSocketAddress server;

        Sockets(InetSocketAddress server) {
            this.server = server;
        }

        @Override
        public Socket create() throws IOException {
            return new Socket(server.getAddress(), server.getPort());
        }

        @Override
        public PooledObject<Socket> wrap(Socket socket) {
            return new DefaultPooledObject<>(socket);
        }

        @Override
        public void destroyObject(PooledObject<Socket> pooled) throws IOException {
            pooled.getObject().close();
        }
    }
}
