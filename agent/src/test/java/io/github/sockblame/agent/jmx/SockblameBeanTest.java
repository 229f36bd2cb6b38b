// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.jmx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sockblame.agent.alert.Alert;
import io.github.sockblame.agent.log.Deliveries;
import io.github.sockblame.agent.log.InternalErrors;
import io.github.sockblame.agent.service.ReportLease;
import io.github.sockblame.agent.service.ReportService;
import io.github.sockblame.report.AgentHealth;
import io.github.sockblame.report.FileDescriptors;
import io.github.sockblame.report.Hook;
import io.github.sockblame.report.HookState;
import io.github.sockblame.report.Program;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.ReportDetail;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Totals;
import io.github.sockblame.report.json.ReportJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import javax.management.ListenerNotFoundException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.Notification;
import javax.management.NotificationFilter;
import javax.management.NotificationListener;
import javax.management.ObjectName;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SockblameBeanTest {

    private static final Hook WOVEN = new Hook("a.B.open", "open", HookState.WOVEN, null);
    private static final Hook WAITING = new Hook("a.B.read", "EOF", HookState.WAITING, null);
    private static final Hook MISSING = new Hook("a.B.close", "close", HookState.MISSING, "no such method");
    private static final Hook GONE = new Hook("a.C.close", "close", HookState.MISSING, "no such class");

    @Test
    void attributesAreThoseOfTheRecentReport() {
        SockblameBean bean = bean(WOVEN);

        assertThat(bean.getVersion()).isEqualTo("1.2.3");
        assertThat(bean.getSocketsByState()).containsExactly(Map.entry("CLOSE_WAIT", 2), Map.entry("LISTEN", 1));
        assertThat(bean.getTrackedByState())
                .as("of this moment")
                .containsOnly(Map.entry("CLOSE_WAIT", 3), Map.entry("OTHER", 1));
        assertThat(bean.getTracked()).isEqualTo(4);
        assertThat(bean.getUntracked()).isEqualTo(5);
        assertThat(bean.getLeaked()).isEqualTo(2);
        assertThat(bean.getOpenFileDescriptors()).isEqualTo(77);
        assertThat(bean.getMaxFileDescriptors()).isEqualTo(1024);
        assertThat(bean.getInternalErrors()).isEqualTo(3);
    }

    @Test
    void alertsAreNotifications() throws Exception {
        MBeanServer server = MBeanServerFactory.newMBeanServer();
        ObjectName name = new ObjectName(SockblameBean.OBJECT_NAME);
        AlertNotifications alerts = new AlertNotifications(name);
        server.registerMBean(new SockblameBean(source(WOVEN), new DumpDirectory(null), alerts, () -> "gone"), name);
        List<Notification> heard = new ArrayList<>();
        NotificationListener listener = (notification, handback) -> heard.add(notification);
        server.addNotificationListener(name, listener, null, null);
        alerts.onAlert(new Alert(Alert.Kind.RAISED, "leaked>=5", "FORGOTTEN by com.acme.Shop.pay"));
        assertThat(Deliveries.JMX_LISTENERS.await()).isTrue();
        server.removeNotificationListener(name, listener);
        alerts.onAlert(new Alert(Alert.Kind.RESOLVED, "leaked>=5", "FORGOTTEN by com.acme.Shop.pay"));

        assertThat(heard).singleElement().satisfies(one -> {
            assertThat(one.getType()).isEqualTo("sockblame.alert.raised");
            assertThat(one.getMessage()).isEqualTo("alert (leaked>=5): FORGOTTEN by com.acme.Shop.pay");
            assertThat(one.getSource()).isEqualTo(name);
        });
        assertThat(server.getMBeanInfo(name).getNotifications()[0].getNotifTypes())
                .contains("sockblame.alert.resolved");
    }

    @Test
    void listenerThatDoesNotReturnDelaysNoAlert() throws Exception {
        AlertNotifications alerts = new AlertNotifications(new ObjectName(SockblameBean.OBJECT_NAME));
        CountDownLatch end = new CountDownLatch(1);
        List<String> heard = new CopyOnWriteArrayList<>();
        alerts.addNotificationListener(
                (notification, handback) -> {
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    heard.add(notification.getMessage());
                },
                null,
                null);
        alerts.onAlert(new Alert(Alert.Kind.RAISED, "leaks>=5", "first"));
        alerts.onAlert(new Alert(Alert.Kind.RESOLVED, "leaks>=5", "second"));
        assertThat(heard).isEmpty();
        end.countDown();

        assertThat(Deliveries.JMX_LISTENERS.await()).isTrue();
        assertThat(heard).containsExactly("alert (leaks>=5): first", "alert resolved (leaks>=5): second");
    }

    @Test
    void listenerThatDoesNotReturnDelaysNoOtherListener() throws Exception {
        AlertNotifications alerts = new AlertNotifications(new ObjectName(SockblameBean.OBJECT_NAME));
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch both = new CountDownLatch(2);
        NotificationListener stalled = (notification, handback) -> awaitWithoutEnd(end);
        NotificationFilter stalledFilter = notification -> {
            awaitWithoutEnd(end);
            return true;
        };
        NotificationListener failing = (notification, handback) -> {
            throw new IllegalStateException("of the program");
        };
        NotificationListener quick = (notification, handback) -> both.countDown();
        long errors = InternalErrors.total();
        alerts.addNotificationListener(stalled, null, null);
        alerts.addNotificationListener(quick, stalledFilter, null);
        alerts.addNotificationListener(failing, null, null);
        alerts.addNotificationListener(quick, null, null);
        try {
            alerts.onAlert(new Alert(Alert.Kind.RAISED, "leaks>=5", "first"));
            alerts.onAlert(new Alert(Alert.Kind.RESOLVED, "leaks>=5", "second"));
            assertThat(both.await(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            end.countDown();
        }
        assertThat(InternalErrors.total())
                .as("a failure of the program is no error of the agent")
                .isEqualTo(errors);
    }

    private static void awaitWithoutEnd(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void listenersAreRemovedAsInTheJdk() throws Exception {
        AlertNotifications alerts = new AlertNotifications(new ObjectName(SockblameBean.OBJECT_NAME));
        List<Object> handbacks = new CopyOnWriteArrayList<>();
        NotificationListener listener = (notification, handback) -> handbacks.add(handback);
        for (String handback : List.of("a", "b", "b", "c")) {
            alerts.addNotificationListener(listener, null, handback);
        }
        alerts.removeNotificationListener(listener, null, "b");
        alerts.onAlert(new Alert(Alert.Kind.RAISED, "leaks>=5", "first"));
        assertThat(Deliveries.JMX_LISTENERS.await()).isTrue();
        assertThat(handbacks).containsExactlyInAnyOrder("a", "b", "c");

        alerts.removeNotificationListener(listener);
        alerts.onAlert(new Alert(Alert.Kind.RESOLVED, "leaks>=5", "second"));
        assertThat(Deliveries.JMX_LISTENERS.await()).isTrue();
        assertThat(handbacks).hasSize(3);
        assertThatThrownBy(() -> alerts.removeNotificationListener(listener))
                .isInstanceOf(ListenerNotFoundException.class);
        assertThatThrownBy(() -> alerts.removeNotificationListener(listener, null, "a"))
                .isInstanceOf(ListenerNotFoundException.class);
    }

    @Test
    void aSiteIsWatchedByItsNumber() {
        SockblameBean bean = bean(WOVEN);
        assertThat(bean.watch(1)).isEqualTo("looks closer");
        assertThat(bean.unwatch(1)).isEqualTo("looks no closer");
        assertThat(bean.getLastUsePlaces()).containsExactly("com.acme.Shop.pay(Shop.java:7)");
        assertThatIllegalArgumentException().isThrownBy(() -> bean.watch(2)).withMessageContaining("no site 2");
    }

    @Test
    void detachReturnsItsResult() {
        assertThat(bean(WOVEN).detach()).isEqualTo("gone");
    }

    @Test
    void theHooksAreSummedUp() {
        assertThat(bean(WOVEN).getHookStatus()).isEqualTo("complete");
        assertThat(bean(WOVEN, WAITING).getHookStatus()).isEqualTo("waiting");
        assertThat(bean(WOVEN, WAITING, MISSING, GONE).getHookStatus()).isEqualTo("degraded: a.B.close, a.C.close");
        assertThat(bean(WOVEN, MISSING).getHooks())
                .containsExactly("woven  a.B.open  open", "missing  a.B.close  close  no such method");
    }

    @Test
    void operationsTakeAFreshReport(@TempDir Path folder) throws Exception {
        SockblameBean bean = new SockblameBean(
                source(WOVEN), new DumpDirectory(folder), new AlertNotifications(ObjectName.WILDCARD), () -> "gone");

        assertThat(bean.reportText()).contains("fresh.jar (pid 42)");
        assertThat(ReportJson.read(bean.reportJson()).program().name()).isEqualTo("fresh.jar");
        assertThat(unpacked(bean.reportParts())).isEqualTo(bean.reportJson());
        assertThat(ReportJson.read(bean.summaryJson()))
                .isEqualTo(ReportJson.read(bean.reportJson()).withoutSockets());
        Path file = Path.of(bean.writeReport("report.json"));
        assertThat(ReportJson.read(Files.readString(file)).program().name()).isEqualTo("fresh.jar");
    }

    @Test
    void writesNothingUnlessTheUserNamedAFolder() {
        assertThatIllegalArgumentException().isThrownBy(() -> bean(WOVEN).writeReport("report.json"));
    }

    @Test
    void aServerTakesIt() throws Exception {
        MBeanServer server = MBeanServerFactory.newMBeanServer();
        ObjectName name = new ObjectName(SockblameBean.OBJECT_NAME);
        server.registerMBean(bean(WOVEN), name);

        assertThat(server.getAttribute(name, "Leaked")).isEqualTo(2);
        assertThat(server.getAttribute(name, "Hooks")).isEqualTo(new String[] {"woven  a.B.open  open"});
    }

    /** A client may drop the error that it gets. */
    @Test
    void errorOfAnAnswerIsCountedOnceAndThrown() {
        ReportService failing = (ReportService) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ReportService.class}, (proxy, method, arguments) -> {
                    throw new IllegalStateException("while a report is made");
                });
        SockblameBean bean = new SockblameBean(
                failing, new DumpDirectory(null), new AlertNotifications(ObjectName.WILDCARD), () -> "gone");
        for (ThrowingCallable answer : List.<ThrowingCallable>of(
                bean::reportText,
                bean::reportJson,
                bean::reportParts,
                bean::summaryJson,
                bean::getLeaked,
                () -> bean.writeReport("a.json"))) {
            long before = InternalErrors.total();
            assertThatThrownBy(answer).hasMessage("while a report is made");
            assertThat(InternalErrors.total() - before).isEqualTo(1);
        }
    }

    private static SockblameBean bean(Hook... hooks) {
        return new SockblameBean(
                source(hooks), new DumpDirectory(null), new AlertNotifications(ObjectName.WILDCARD), () -> "gone");
    }

    private static ReportService source(Hook... hooks) {
        return new Fixed(report("recent.jar", hooks), report("fresh.jar", hooks));
    }

    /** Tells the recent report from a fresh one by the program's name. */
    private record Fixed(Report cached, Report fresh) implements ReportService {

        @Override
        public ReportLease lease(ReportDetail most) {
            return new ReportLease(most == ReportDetail.WHOLE ? fresh : fresh.withoutSockets(), null);
        }

        @Override
        public String watch(int site) {
            if (site != 1) {
                throw new IllegalArgumentException("no site " + site + " in the latest report");
            }
            return "looks closer";
        }

        @Override
        public String unwatch(int site) {
            return "looks no closer";
        }

        @Override
        public List<String> lastUsePlaces() {
            return List.of("com.acme.Shop.pay(Shop.java:7)");
        }

        @Override
        public Map<String, Integer> states() {
            return Map.of("CLOSE_WAIT", 3, NO_STATE, 1);
        }

        @Override
        public String version() {
            return cached().agentVersion();
        }

        @Override
        public List<Hook> hooks() {
            return cached.agent().hooks();
        }

        @Override
        public long internalErrors() {
            return cached.agent().internalErrors();
        }
    }

    private static Report report(String program, Hook... hooks) {
        Instant start = SampleReports.NOW.minusSeconds(60);
        return SampleReports.quiet()
                .agentVersion("1.2.3")
                .program(new Program(42, program, "17", start, start, false))
                .fileDescriptors(new FileDescriptors(77, 1024))
                .totals(new Totals(9, 4, 5, Map.of(TcpState.LISTEN, 1, TcpState.CLOSE_WAIT, 2), 6, null, 2, null))
                .agent(new AgentHealth(List.of(hooks), List.of(), 3, "the last one", 0, null, null))
                .build();
    }

    private static String unpacked(byte[][] parts) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            file.write(part);
        }
        return new String(new GZIPInputStream(new ByteArrayInputStream(file.toByteArray())).readAllBytes(), UTF_8);
    }
}
