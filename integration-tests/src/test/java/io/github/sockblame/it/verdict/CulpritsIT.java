// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.ReportView;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.scenario.Peer;
import io.github.sockblame.it.scenario.leak.IndirectCallers;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whatever stands between the program and the JDK, the culprit frame is the program's. */
class CulpritsIT {

    private static final String SCENARIOS = Peer.class.getPackageName() + ".";

    /** Kotlin's compiler makes it after javac has compiled this class. */
    private static final String KOTLIN = SCENARIOS + "Coroutines";

    @OnEveryJdk
    void culpritStandsBehindProxiesReflectionAndLambdas(TargetJdk jdk) throws Exception {
        Map<String, Integer> openers = new TreeMap<>(Map.of(
                "IndirectCallers.lambda$byLambda$", 1,
                "IndirectCallers.byConstructor", 20,
                "IndirectCallers.byMethod", 20,
                "IndirectCallers.lambda$byDynamicProxy$", 1,
                "IndirectCallers.byHandleProxy", 1,
                "IndirectCallers.byGeneratedClass", 1));
        boolean virtual = jdk.hasVirtualThreads();
        if (virtual) {
            openers.put("IndirectCallers.inVirtualThread", 1);
        }
        TargetJvm jvm = TargetJvm.of(jdk, IndirectCallers.class)
                .carrying(TestEnvironment.libraries())
                .arguments(virtual ? new String[] {"virtual"} : new String[0]);
        ReportView report = check(jvm, openers, "IndirectCallers.forget");

        assertThat(stacks(report))
                .as("the detours were taken")
                .contains(".$Proxy")
                .contains("IndirectCallers$Sockets$ByteBuddy$")
                .contains("java.lang.reflect.Constructor.newInstance(")
                .contains("java.lang.reflect.Method.invoke(");
    }

    @OnEveryJdk
    void culpritStandsBehindCoroutines(TargetJdk jdk) throws Exception {
        Map<String, Integer> openers = Map.of(
                "Coroutines.afterSuspension", 1,
                "Coroutines$onDispatcher$.invokeSuspend", 1,
                "Coroutines.inBuilder", 1);
        TargetJvm jvm = TargetJvm.ofKotlin(jdk, KOTLIN).carrying(TestEnvironment.jars("coroutines"));
        ReportView report = check(jvm, openers, "Coroutines.forget");

        assertThat(stacks(report))
                .as("they were coroutines")
                .contains("kotlin.coroutines.jvm.internal.BaseContinuationImpl.resumeWith(")
                .contains("kotlinx.coroutines.DispatchedTask.run(")
                .contains("kotlinx.coroutines.scheduling.CoroutineScheduler");
    }

    private static ReportView check(TargetJvm jvm, Map<String, Integer> openers, String reader) throws Exception {
        int all = openers.values().stream().mapToInt(Integer::intValue).sum();
        try (TargetProcess target = jvm.watched("grace=1s").start()) {
            target.awaitCheckpoint("leaked");
            ReportView report = Await.value(
                    all + " forgotten connections",
                    () -> Optional.of(target.report())
                            .filter(taken -> forgotten(taken).size() == all));

            assertThat(forgotten(report).stream()
                            .collect(Collectors.toMap(
                                    socket -> method(report.culprit(socket.opened())), socket -> 1, Integer::sum)))
                    .isEqualTo(openers);
            assertThat(forgotten(report))
                    .extracting(socket -> method(report.culprit(socket.eof())))
                    .containsOnly(reader);
            return report;
        }
    }

    private static List<Socket> forgotten(ReportView report) {
        return report.report().sockets().stream()
                .filter(socket -> socket.verdict() == Verdict.FORGOTTEN)
                .toList();
    }

    private static String stacks(ReportView report) {
        return forgotten(report).stream()
                .map(socket -> report.stack(socket.opened()))
                .collect(Collectors.joining("\n"));
    }

    /** The method of a frame in the scenarios' package, without the numbers that compilers give. */
    private static String method(String frame) {
        return frame.replaceFirst("^" + Pattern.quote(SCENARIOS) + "([a-z]+\\.)*", "")
                .replaceFirst("\\(.*", "")
                .replaceAll("\\$\\d+", "\\$");
    }
}
