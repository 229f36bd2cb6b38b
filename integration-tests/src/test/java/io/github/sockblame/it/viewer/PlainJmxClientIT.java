// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.viewer;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.RemoteJmx;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.scenario.leak.LeakyProgram;
import io.github.sockblame.report.SampleSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** A JMX client that has no class of Sockblame reads and calls everything: what JConsole and exporters do. */
class PlainJmxClientIT {

    private static final Set<String> ATTRIBUTES = Set.of(
            "Version",
            "SocketsByState",
            "TrackedByState",
            "Tracked",
            "Untracked",
            "Leaked",
            "OpenFileDescriptors",
            "MaxFileDescriptors",
            "HookStatus",
            "Hooks",
            "LastUsePlaces",
            "InternalErrors");

    @OnEveryJdk
    @SuppressWarnings("BanJNDI") // loopback, to a JVM that the test started
    void everyAttributeAndOperationAnswers(TargetJdk jdk) throws Exception {
        RemoteJmx jmx = RemoteJmx.onFreePort();
        Path dumps = TestEnvironment.newFolder("dumps");
        try (TargetProcess target = TargetJvm.of(jdk, LeakyProgram.class)
                .jvm(jmx.arguments())
                .watched("grace=1ms,dump.dir=" + dumps)
                .start()) {
            target.awaitCheckpoint("leaked");
            try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(jmx.url()))) {
                MBeanServerConnection server = connector.getMBeanServerConnection();
                ObjectName name = new ObjectName("io.github.sockblame:type=Sockblame");
                Await.until("the MXBean", () -> server.isRegistered(name));
                Await.until(
                        "three leaks", () -> server.getAttribute(name, "Leaked").equals(3));

                MBeanInfo info = server.getMBeanInfo(name);
                assertThat(names(info)).isEqualTo(new TreeSet<>(ATTRIBUTES));
                for (MBeanAttributeInfo attribute : info.getAttributes()) {
                    assertThat(attribute.isWritable()).isFalse();
                    assertThat(server.getAttribute(name, attribute.getName()))
                            .as(attribute.getName())
                            .isNotNull();
                }
                checkValues(server, name);
                checkOperations(server, name, info, dumps);
            }
        }
    }

    private static Set<String> names(MBeanInfo info) {
        return Arrays.stream(info.getAttributes())
                .map(MBeanAttributeInfo::getName)
                .collect(toCollection(TreeSet::new));
    }

    private static void checkValues(MBeanServerConnection server, ObjectName name) throws Exception {
        assertThat(server.getAttribute(name, "Version").toString()).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(((TabularData) server.getAttribute(name, "SocketsByState"))
                        .get(new Object[] {"CLOSE_WAIT"})
                        .get("value"))
                .isEqualTo(3);
        assertThat(((TabularData) server.getAttribute(name, "TrackedByState"))
                        .get(new Object[] {"CLOSE_WAIT"})
                        .get("value"))
                .isEqualTo(3);
        assertThat((Integer) server.getAttribute(name, "Tracked")).isGreaterThanOrEqualTo(4);
        assertThat((Integer) server.getAttribute(name, "Untracked")).isNotNegative();
        assertThat((Long) server.getAttribute(name, "OpenFileDescriptors")).isGreaterThan(4);
        assertThat((Long) server.getAttribute(name, "MaxFileDescriptors")).isGreaterThan(4);
        assertThat((String) server.getAttribute(name, "HookStatus")).isIn("waiting", "complete");
        assertThat((String[]) server.getAttribute(name, "Hooks"))
                .anyMatch(line -> line.startsWith("woven  sun.nio.ch.Net.socket  "));
        assertThat(server.getAttribute(name, "InternalErrors")).isEqualTo(0L);
    }

    private static void checkOperations(MBeanServerConnection server, ObjectName name, MBeanInfo info, Path dumps)
            throws Exception {
        assertThat(Arrays.stream(info.getOperations()).map(MBeanOperationInfo::getName))
                .containsExactlyInAnyOrder(
                        "reportText",
                        "reportJson",
                        "reportParts",
                        "summaryJson",
                        "writeReport",
                        "watch",
                        "unwatch",
                        "detach");
        Object[] none = {};
        String[] noTypes = {};
        assertThat(server.invoke(name, "reportText", none, noTypes).toString()).contains(".LeakyProgram.forget(");
        String json = server.invoke(name, "reportJson", none, noTypes).toString();
        assertThat(json).startsWith("{").contains("\"schema\":\"sockblame/2\"", "LeakyProgram");
        assertThat(SampleSchema.violations(json)).isEmpty();
        String summary = server.invoke(name, "summaryJson", none, noTypes).toString();
        assertThat(SampleSchema.violations(summary)).isEmpty();

        String[] types = {String.class.getName()};
        Object written = server.invoke(name, "writeReport", new Object[] {"now.json"}, types);
        Path file = dumps.resolve("now.json");
        assertThat(written).isEqualTo(file.toString());
        assertThat(Files.readString(file)).contains("\"schema\":\"sockblame/2\"");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
}
