// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.culprit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.option.PackageName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lists in the agent's jar. */
class ListsTest {

    private static final PackageSet LIBRARIES = new PackageSet(PackageSet.namesIn("libraries.txt"));
    private static final PackageSet POOLS = new PackageSet(PackageSet.namesIn("pools.txt"));

    @ParameterizedTest
    @ValueSource(strings = {"libraries.txt", "pools.txt"})
    void linesAreSortedNamesAndNoneCoversAnother(String list) {
        List<String> lines = PackageSet.namesIn(list);

        assertThat(lines).hasSizeGreaterThan(50).allMatch(PackageName::isValid);
        assertThat(new PackageSet(lines).names()).isEqualTo(lines);
    }

    @Test
    void everyLibraryIsAPackage() {
        List<String> names = LIBRARIES.names();

        assertThat(names).allMatch(name -> name.matches("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*"));
        assertThat(List.of("com", "org", "net", "io", "org.apache", "com.google", "com.github", "io.github"))
                .as("no line takes the packages of everyone")
                .doesNotContainAnyElementsOf(names);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.hadoop.hdfs.DFSClient",
                "org.apache.hbase.thirdparty.Client",
                "org.apache.solr.client.solrj.impl.HttpSolrClient",
                "org.eclipse.paho.client.mqttv3.MqttClient",
                "io.prometheus.client.exporter.HTTPServer",
                "ch.qos.logback.core.net.SocketConnectorBase",
                "net.logstash.logback.appender.AbstractLogstashTcpSocketAppender",
                "org.apache.commons.net.SocketClient",
                "com.hazelcast.internal.networking.nio.NioThread",
                "org.apache.mina.transport.socket.nio.NioSocketConnector",
                "org.apache.sshd.client.SshClient",
                "io.helidon.webserver.ServerListener",
                "io.ktor.network.sockets.SocketImpl",
                "org.apache.cxf.transport.http.HTTPConduit",
                "org.apache.camel.component.netty.NettyProducer",
                "com.jcraft.jsch.Session",
                "net.schmizz.sshj.SocketClient",
                "org.neo4j.driver.internal.async.connection.ChannelConnectorImpl",
                "com.clickhouse.client.ClickHouseClient",
                "org.apache.pulsar.client.impl.ConnectionPool",
                "org.jboss.resteasy.client.jaxrs.ResteasyClient",
                "org.glassfish.jersey.client.JerseyClient",
                "software.amazon.awssdk.http.apache.ApacheHttpClient",
                "com.amazonaws.http.AmazonHttpClient",
                "com.google.api.gax.grpc.ChannelPool",
                "com.google.cloud.storage.StorageImpl"
            })
    void knownLibraryIsListed(String className) {
        assertThat(LIBRARIES.matches(className)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.jboss.jca.core.connectionmanager.pool.mcp.SemaphoreConcurrentLinkedQueueManagedConnectionPool",
                "com.sun.enterprise.resource.pool.ConnectionPool",
                "com.ibm.ejs.j2c.PoolManager",
                "weblogic.jdbc.common.internal.ConnectionPool",
                "com.jolbox.bonecp.BoneCP",
                "org.apache.commons.dbcp.PoolableConnectionFactory",
                "org.apache.commons.dbcp2.PoolableConnectionFactory",
                "com.sun.mail.imap.IMAPStore",
                "org.eclipse.angus.mail.imap.IMAPStore",
                "reactor.netty.resources.DefaultPooledConnectionProvider$PooledConnectionAllocator"
            })
    void knownPoolIsListed(String className) {
        assertThat(POOLS.matches(className)).isTrue();
    }

    @Test
    void aConnectionOfReactorNettyWithoutAPoolIsInNoPool() {
        assertThat(POOLS.matches("reactor.netty.resources.NewConnectionProvider"))
                .isFalse();
        assertThat(POOLS.matches("reactor.netty.resources.DefaultLoopResources"))
                .isFalse();
    }

    @Test
    void everyNameIsFoundAmongOthersWithTheSameBeginning() {
        List<String> missing = new ArrayList<>();
        for (String name : LIBRARIES.names()) {
            if (!LIBRARIES.matches(name + ".Client")
                    || !LIBRARIES.matches(name + "$Client")
                    || !LIBRARIES.matches(name)) {
                missing.add(name);
            }
        }
        assertThat(missing).isEmpty();
        PackageSet nested = new PackageSet(List.of("com.acme.pay", "com.acme", "com.acme2"));
        assertThat(nested.names()).containsExactly("com.acme", "com.acme2");
        assertThat(List.of("com.acme.zeta.A", "com.acme.pay.A", "com.acme2.A", "com.acme$A"))
                .allMatch(nested::matches);
        assertThat(List.of("com.acme1.A", "com.acmf.A", "com.A", "a.A", "z.A", "com.acm"))
                .noneMatch(nested::matches);
        assertThat(new PackageSet(List.of()).matches("com.acme.A")).isFalse();
    }
}
