// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.verdict;

import io.github.sockblame.it.harness.ServerProcess;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.harness.Tool;
import io.github.sockblame.it.scenario.corpus.ApacheClient4;
import io.github.sockblame.it.scenario.corpus.ApacheClient5;
import io.github.sockblame.it.scenario.corpus.AsyncChannels;
import io.github.sockblame.it.scenario.corpus.AwsClients;
import io.github.sockblame.it.scenario.corpus.BlockingSockets;
import io.github.sockblame.it.scenario.corpus.Channels;
import io.github.sockblame.it.scenario.corpus.CommonsNet;
import io.github.sockblame.it.scenario.corpus.JdbcPools;
import io.github.sockblame.it.scenario.corpus.JdkClients;
import io.github.sockblame.it.scenario.corpus.JdkHttpServer;
import io.github.sockblame.it.scenario.corpus.JerseyClients;
import io.github.sockblame.it.scenario.corpus.JettyServer;
import io.github.sockblame.it.scenario.corpus.KafkaClients;
import io.github.sockblame.it.scenario.corpus.MailClients;
import io.github.sockblame.it.scenario.corpus.NettyNio;
import io.github.sockblame.it.scenario.corpus.OkHttp;
import io.github.sockblame.it.scenario.corpus.OwnServers;
import io.github.sockblame.it.scenario.corpus.PahoClients;
import io.github.sockblame.it.scenario.corpus.PostgresClients;
import io.github.sockblame.it.scenario.corpus.ReactorNetty;
import io.github.sockblame.it.scenario.corpus.RedisClients;
import io.github.sockblame.it.scenario.corpus.ResteasyClients;
import io.github.sockblame.it.scenario.corpus.SocketPool;
import io.github.sockblame.it.scenario.corpus.SolrClients;
import io.github.sockblame.it.scenario.corpus.SpringIntegration;
import io.github.sockblame.it.scenario.corpus.SshClients;
import io.github.sockblame.it.scenario.corpus.ThriftClients;
import io.github.sockblame.it.scenario.corpus.TomcatServer;
import io.github.sockblame.it.scenario.corpus.UndertowServer;
import io.github.sockblame.it.scenario.corpus.VertxClients;
import io.github.sockblame.it.scenario.corpus.ZooKeeperClients;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The programs of the corpus; {@code -Dcorpus.programs=KafkaClients,OkHttp} plays some of them alone. */
enum CorpusProgram {
    APACHE_CLIENT_4(ApacheClient4.class),
    APACHE_CLIENT_5(ApacheClient5.class),
    ASYNC_CHANNELS(AsyncChannels.class),
    AWS_CLIENTS(AwsClients.class),
    BLOCKING_SOCKETS(BlockingSockets.class),
    CHANNELS(Channels.class),
    COMMONS_NET(CommonsNet.class),
    JDBC_POOLS(JdbcPools.class, Needs.POSTGRES),
    JDK_CLIENTS(JdkClients.class),
    JDK_HTTP_SERVER(JdkHttpServer.class),
    JERSEY_CLIENTS(JerseyClients.class),
    JETTY_SERVER(JettyServer.class),
    KAFKA_CLIENTS(KafkaClients.class),
    MAIL_CLIENTS(MailClients.class),
    NETTY_NIO(NettyNio.class),
    OK_HTTP(OkHttp.class),
    OWN_SERVERS(OwnServers.class),
    PAHO_CLIENTS(PahoClients.class),
    POSTGRES_CLIENTS(PostgresClients.class, Needs.POSTGRES),
    REACTOR_NETTY(ReactorNetty.class),
    REDIS_CLIENTS(RedisClients.class, Needs.REDIS),
    RESTEASY_CLIENTS(ResteasyClients.class),
    SOCKET_POOL(SocketPool.class),
    SOLR_CLIENTS(SolrClients.class),
    SPRING_INTEGRATION(SpringIntegration.class),
    SSH_CLIENTS(SshClients.class),
    THRIFT_CLIENTS(ThriftClients.class),
    TOMCAT_SERVER(TomcatServer.class, Needs.FOLDER),
    UNDERTOW_SERVER(UndertowServer.class),
    VERTX_CLIENTS(VertxClients.class),
    ZOO_KEEPER_CLIENTS(ZooKeeperClients.class);

    private enum Needs {
        NOTHING,
        FOLDER,
        POSTGRES,
        REDIS
    }

    /** What a program gets as its argument, for as long as it runs. */
    record Surroundings(List<String> arguments, AutoCloseable server) implements AutoCloseable {

        @Override
        public void close() throws Exception {
            server.close();
        }
    }

    private final Class<?> type;
    private final Needs needs;

    CorpusProgram(Class<?> type) {
        this(type, Needs.NOTHING);
    }

    CorpusProgram(Class<?> type, Needs needs) {
        this.type = type;
        this.needs = needs;
    }

    /** All of them, or those that the system property names. */
    static List<CorpusProgram> wanted() {
        List<String> names = TestEnvironment.list("corpus.programs", "CORPUS_PROGRAMS");
        return Arrays.stream(values())
                .filter(program -> names.isEmpty() || names.contains(program.toString()))
                .toList();
    }

    static boolean areAllWanted() {
        return wanted().size() == values().length;
    }

    Class<?> type() {
        return type;
    }

    /** The program of the machine that it needs, if it needs one. */
    Optional<Tool> tool() {
        return switch (needs) {
            case NOTHING, FOLDER -> Optional.empty();
            case POSTGRES -> Optional.of(Tool.POSTGRES);
            case REDIS -> Optional.of(Tool.REDIS);
        };
    }

    Surroundings start(int range) throws Exception {
        return switch (needs) {
            case NOTHING -> new Surroundings(List.of(), () -> {});
            case FOLDER ->
                new Surroundings(List.of(TestEnvironment.newFolder("corpus").toString()), () -> {});
            case POSTGRES -> of(ServerProcess.postgres(range));
            case REDIS -> of(ServerProcess.redis(range));
        };
    }

    private static Surroundings of(ServerProcess server) {
        return new Surroundings(List.of(server.portText()), server);
    }

    @Override
    public String toString() {
        return type.getSimpleName();
    }
}
