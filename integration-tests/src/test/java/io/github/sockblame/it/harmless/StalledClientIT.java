// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.AgentConnection;
import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.QuietSnapshot;
import io.github.sockblame.it.harness.RemoteJmx;
import io.github.sockblame.it.harness.StallingProxy;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.Viewer;
import io.github.sockblame.it.scenario.leak.ManyConnections;
import io.github.sockblame.report.Report;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A JMX client that asks for a report and does not read the answer holds up nobody else. */
class StalledClientIT {

    /** Their report is larger than all that the kernel takes for who does not read. */
    private static final int CONNECTIONS = 5000;

    private static final String CLIENTS_SIDE = "127.0.3.1";

    @OnEveryJdk
    void stalledClientDelaysNoOther(TargetJdk jdk) throws Exception {
        RemoteJmx jmx = RemoteJmx.onFreePort();
        ExecutorService client = Executors.newSingleThreadExecutor();
        try (TargetProcess target = TargetJvm.of(jdk, ManyConnections.class)
                        .jvm(jmx.argumentsSaying(CLIENTS_SIDE))
                        .arguments(Integer.toString(CONNECTIONS))
                        .watched("grace=1ms")
                        .start()
                        .awaitCheckpoint("open");
                StallingProxy proxy = new StallingProxy(
                        InetAddress.getByName(CLIENTS_SIDE),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), jmx.port()));
                AgentConnection slow = AgentConnection.to(jmx.urlAt(CLIENTS_SIDE))) {
            ThreadMXBean threads = ManagementFactory.newPlatformMXBeanProxy(
                    target.agent().server(), ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
            proxy.stall();
            Future<Report> answer = client.submit(slow::report);
            Await.until("a thread of JMX that cannot write", () -> isWriting(threads, List.of()));

            assertThat(target.report().report().sockets()).hasSizeGreaterThan(2 * CONNECTIONS);
            assertThat(Viewer.on(jdk).call("leaks", target.pidText()).status()).isZero();
            target.proceedTo("more");
            QuietSnapshot.moment(target).checkTotals();
            assertThat(isWriting(threads, List.of("sockblame-watch"))).isTrue();
            assertThat(answer).isNotDone();

            proxy.goOn();
            assertThat(answer.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS).sockets())
                    .hasSizeGreaterThan(2 * CONNECTIONS);
        } finally {
            client.shutdownNow();
        }
    }

    /** Whether some thread of JMX is in the middle of writing, and none of these waits for a lock. */
    private static boolean isWriting(ThreadMXBean threads, List<String> free) {
        ThreadInfo[] all = threads.dumpAllThreads(true, true);
        assertThat(all)
                .filteredOn(thread -> free.contains(thread.getThreadName()))
                .hasSameSizeAs(free)
                .noneMatch(thread -> thread.getThreadState() == Thread.State.BLOCKED);
        return Arrays.stream(all)
                .filter(thread -> thread.getThreadName().startsWith("RMI TCP Connection"))
                .anyMatch(thread -> Arrays.stream(thread.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("implWrite")
                                || frame.getMethodName().startsWith("socketWrite")));
    }
}
