// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.corpus;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPool;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.params.ClientKillParams;

/** Jedis and Lettuce, and a Redis that listens on the port that is the argument. */
@SuppressWarnings("deprecation") // JedisPool: what most programs have
public final class RedisClients {

    private final int port;
    private final Jedis admin;

    private RedisClients(int port) {
        this.port = port;
        admin = new Jedis("127.0.0.1", port);
    }

    public static void main(String[] arguments) throws Exception {
        new RedisClients(Integer.parseInt(arguments[0])).play();
    }

    private void play() throws Exception {
        Cases cases = new Cases();
        cases.about("Jedis", Jedis.class)
                .proper("try-with-resources; the connection rests in the pool", caseScope -> askPool(caseScope))
                .leftAtRest("a connection rests in the pool, and the server leaves", caseScope -> {
                    JedisPool pool = askPool(caseScope);
                    leave(caseScope);
                    return pool;
                })
                .leftAtRest("two connections rest in the pool, and the server closes one", caseScope -> {
                    JedisPool pool = new JedisPool(caseScope.address(), port);
                    long id = askTwice(pool);
                    admin.clientKill(new ClientKillParams().id(Long.toString(id)));
                    caseScope.awaitCloseWait(1);
                    return pool;
                })
                .proper("a connection rests in the pool, and the pool is closed", caseScope -> {
                    askPool(caseScope).close();
                    return null;
                })
                .proper("subscribes, and waits for messages", caseScope -> {
                    Subscriber subscriber = new Subscriber();
                    Thread waiting = CaseScope.daemon(() -> {
                        new Jedis(caseScope.address(), port).subscribe(subscriber, "news");
                        return subscriber;
                    });
                    CaseScope.await("the subscription", subscriber::isSubscribed);
                    return List.of(subscriber, waiting);
                });
        cases.about("Lettuce", RedisClient.class)
                .proper("a connection at rest", this::lettuce)
                .proper("a connection at rest, and the server leaves: it connects again", caseScope -> {
                    StatefulRedisConnection<String, String> connection = lettuce(caseScope);
                    long before = connection.sync().clientId();
                    kill(caseScope);
                    CaseScope.await("a new connection", () -> connection.sync().clientId() != before);
                    return connection;
                });
        cases.about("Jedis", Jedis.class)
                .leakAgain(
                        "takes a connection from the pool and never gives it back",
                        "ABANDONED",
                        "RedisClients.takes",
                        "RedisClients.takes",
                        caseScope -> {
                            Object taken = takes(caseScope);
                            leave(caseScope);
                            return taken;
                        })
                .leak("ignores the failure of a command", "FORGOTTEN", "RedisClients.ignoresFailure", caseScope -> {
                    Jedis jedis = new Jedis(caseScope.address(), port);
                    Thread waiting = CaseScope.daemon(() -> ignoresFailure(jedis));
                    CaseScope.await(
                            "a client that waits", () -> admin.clientList().contains("cmd=blpop"));
                    leave(caseScope);
                    waiting.join();
                    return jedis;
                });
        cases.stand();
    }

    private JedisPool askPool(CaseScope caseScope) {
        JedisPool pool = new JedisPool(caseScope.address(), port);
        try (Jedis jedis = pool.getResource()) {
            jedis.ping();
        }
        return pool;
    }

    /** Gives the server's number of one of the two connections. */
    private static long askTwice(JedisPool pool) {
        List<Jedis> both = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            both.add(pool.getResource());
        }
        long id = both.get(0).clientId();
        both.forEach(Jedis::close);
        return id;
    }

    private Object takes(CaseScope caseScope) {
        JedisPool pool = new JedisPool(caseScope.address(), port);
        Jedis jedis = pool.getResource();
        String unused = jedis.ping();
        return List.of(pool, jedis);
    }

    private static Object ignoresFailure(Jedis jedis) {
        try {
            return jedis.blpop(0, "queue");
        } catch (JedisConnectionException e) {
            return e; // and the connection stays as it is
        }
    }

    private StatefulRedisConnection<String, String> lettuce(CaseScope caseScope) {
        return RedisClient.create(RedisURI.create(caseScope.address(), port)).connect();
    }

    /** The server closes the connections that came by the case's address. */
    private void kill(CaseScope caseScope) {
        admin.clientKill(new ClientKillParams().laddr(caseScope.address(), port));
    }

    private void leave(CaseScope caseScope) throws Exception {
        kill(caseScope);
        caseScope.awaitCloseWait(1);
    }

    private static final class Subscriber extends JedisPubSub {}
}
