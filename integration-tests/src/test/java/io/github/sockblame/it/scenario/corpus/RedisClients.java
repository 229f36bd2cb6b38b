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
final class RedisClients {

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
                .proper("try-with-resources; the connection rests in the pool", scene -> askPool(scene))
                .leftAtRest("a connection rests in the pool, and the server leaves", scene -> {
                    JedisPool pool = askPool(scene);
                    leave(scene);
                    return pool;
                })
                .leftAtRest("two connections rest in the pool, and the server closes one", scene -> {
                    JedisPool pool = new JedisPool(scene.address(), port);
                    long id = askTwice(pool);
                    admin.clientKill(new ClientKillParams().id(Long.toString(id)));
                    scene.awaitCloseWait(1);
                    return pool;
                })
                .proper("a connection rests in the pool, and the pool is closed", scene -> {
                    askPool(scene).close();
                    return null;
                })
                .proper("subscribes, and waits for messages", scene -> {
                    Subscriber subscriber = new Subscriber();
                    Thread waiting = Scene.daemon(() -> {
                        new Jedis(scene.address(), port).subscribe(subscriber, "news");
                        return subscriber;
                    });
                    Scene.await("the subscription", subscriber::isSubscribed);
                    return List.of(subscriber, waiting);
                });
        cases.about("Lettuce", RedisClient.class)
                .proper("a connection at rest", this::lettuce)
                .proper("a connection at rest, and the server leaves: it connects again", scene -> {
                    StatefulRedisConnection<String, String> connection = lettuce(scene);
                    long before = connection.sync().clientId();
                    kill(scene);
                    Scene.await("a new connection", () -> connection.sync().clientId() != before);
                    return connection;
                });
        cases.about("Jedis", Jedis.class)
                .leakAgain(
                        "takes a connection from the pool and never gives it back",
                        "ABANDONED",
                        "RedisClients.takes",
                        "RedisClients.takes",
                        scene -> {
                            Object taken = takes(scene);
                            leave(scene);
                            return taken;
                        })
                .leak("ignores the failure of a command", "FORGOTTEN", "RedisClients.ignoresFailure", scene -> {
                    Jedis jedis = new Jedis(scene.address(), port);
                    Thread waiting = Scene.daemon(() -> ignoresFailure(jedis));
                    Scene.await("a client that waits", () -> admin.clientList().contains("cmd=blpop"));
                    leave(scene);
                    waiting.join();
                    return jedis;
                });
        cases.stand();
    }

    private JedisPool askPool(Scene scene) {
        JedisPool pool = new JedisPool(scene.address(), port);
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

    private Object takes(Scene scene) {
        JedisPool pool = new JedisPool(scene.address(), port);
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

    private StatefulRedisConnection<String, String> lettuce(Scene scene) {
        return RedisClient.create(RedisURI.create(scene.address(), port)).connect();
    }

    /** The server closes the connections that came by the case's address. */
    private void kill(Scene scene) {
        admin.clientKill(new ClientKillParams().laddr(scene.address(), port));
    }

    private void leave(Scene scene) throws Exception {
        kill(scene);
        scene.awaitCloseWait(1);
    }

    private static final class Subscriber extends JedisPubSub {}
}
