// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sockblame.report.SockblameMXBean;
import io.github.sockblame.viewer.fake.FakeAgent;
import io.github.sockblame.viewer.fake.Reports;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TargetSessionTest {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    private ObjectName agent;
    private JMXConnectorServer server;

    @BeforeEach
    void listen() throws Exception {
        agent = new ObjectName(SockblameMXBean.OBJECT_NAME);
        beans.registerMBean(new FakeAgent(), agent);
        server = JMXConnectorServerFactory.newJMXConnectorServer(
                new JMXServiceURL("service:jmx:rmi://localhost"), Map.of(), beans);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
        if (beans.isRegistered(agent)) {
            beans.unregisterMBean(agent);
        }
    }

    @Test
    void goesOnOverOneConnection() throws Exception {
        try (TargetSession targetSession = new TargetSession(target())) {
            assertThat(targetSession.read().report()).isEqualTo(Reports.leaky());
            String[] first = server.getConnectionIds();
            assertThat(targetSession.read().report()).isEqualTo(Reports.leaky());

            assertThat(first).hasSize(1);
            assertThat(server.getConnectionIds()).isEqualTo(first);
        }
        long began = System.nanoTime();
        while (server.getConnectionIds().length > 0 && System.nanoTime() - began < PATIENCE) {
            Thread.onSpinWait();
        }
        assertThat(server.getConnectionIds()).isEmpty();
    }

    @Test
    void beginsAnewWhenItsConnectionHasEnded() throws Exception {
        TargetSession targetSession = new TargetSession(target());
        for (int i = 0; i < 2; i++) {
            assertThat(targetSession.read().report()).isEqualTo(Reports.leaky());
            assertThat(server.getConnectionIds()).isNotEmpty();
            targetSession.close();
        }
    }

    @Test
    void summaryOmitsSockets() throws Exception {
        try (TargetSession targetSession = new TargetSession(target())) {
            assertThat(targetSession.readSummary().report())
                    .isEqualTo(Reports.leaky().withoutSockets());
            assertThat(target().readSummary().report())
                    .isEqualTo(Reports.leaky().withoutSockets());
            assertThat(target().read().report()).isEqualTo(Reports.leaky());
        }
    }

    /** An agent of the time before there were summaries and parts. */
    public interface Older {

        /** As {@link SockblameMXBean#reportJson}. */
        String reportJson();
    }

    @Test
    void olderAgentReturnsWholeReport() throws Exception {
        beans.unregisterMBean(agent);
        Older older = () -> new FakeAgent().reportJson();
        beans.registerMBean(new StandardMBean(older, Older.class, true), agent);

        assertThat(target().readSummary().report()).isEqualTo(Reports.leaky());
        assertThat(target().read().report()).isEqualTo(Reports.leaky());
    }

    @Test
    void sessionThrowsErrorOfTarget() throws Exception {
        try (TargetSession targetSession = new TargetSession(target())) {
            assertThat(targetSession.read().report()).isEqualTo(Reports.leaky());
            beans.unregisterMBean(agent);
            assertThatThrownBy(targetSession::read).hasMessageContaining("has no Sockblame agent");
            server.stop();
            assertThatThrownBy(targetSession::read).hasMessageContaining("no JMX server answers at");
        }
    }

    private JmxTarget target() {
        return new JmxTarget(server.getAddress(), "the server of this test", null);
    }
}
