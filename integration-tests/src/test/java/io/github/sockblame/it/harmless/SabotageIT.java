// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.docs.ClassOutcomes;
import io.github.sockblame.it.docs.LastTest;
import io.github.sockblame.it.harness.AgentHealthChecks;
import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.Output;
import io.github.sockblame.it.harness.QuietSnapshot;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJdks;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetOutputOnFailure;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.TargetProperties;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.harness.Viewer;
import io.github.sockblame.it.scenario.fault.Sabotaged;
import io.github.sockblame.it.scenario.kind.FourKinds;
import io.github.sockblame.report.HookState;
import io.github.sockblame.report.Report;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each method of the agent fails, on whatever thread it runs: the program is the same, and the failure is counted or told. */
@ExtendWith(TargetOutputOnFailure.class)
@Timeout(400)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag(OnEveryJdk.TAG)
class SabotageIT {

    @RegisterExtension
    static final ClassOutcomes TESTS = new ClassOutcomes();

    private static final FaultTable TABLE = new FaultTable("faults-inside", "Faults inside the agent");
    /** Less than the JVM's end waits for a last report. */
    private static final Duration SOON = Duration.ofSeconds(4);

    private static final String ERRORS =
            "`IllegalStateException`, `OutOfMemoryError`, `StackOverflowError` or `NoClassDefFoundError`";
    private static final String SAME = "the program is the same; each is counted";

    /** Methods whose failure is not counted, because the client gets it or the report has it. Names are without their package. */
    private static final Map<String, String> TOLD = Map.ofEntries(
            Map.entry("JdkGetsockopt.handles", "the report marks the source as not read"),
            Map.entry("JdkGetsockopt.read", "the report marks the source as not read, or has an unknown state"),
            Map.entry("JdkFstat.handles", "the descriptors are read by their links instead"),
            Map.entry("JdkFstat.socketInode", "the descriptors are read by their links instead"),
            Map.entry("JdkFstat.errorNumber", "the descriptors are read by their links instead"),
            // before its first instruction nothing can count it; the exercises load a class at times, as
            // reflection does
            Map.entry(
                    "SocketTransformer.transform",
                    "the JVM loads the class as it is; the self-check names a hook missing for it"),
            Map.entry("SockblameBean.answer", "the client gets the error"),
            Map.entry("SockblameBean.counted", "the client gets the error"),
            Map.entry("SockblameBean.reportText", "the client gets the error"),
            Map.entry("SockblameBean.reportJson", "the client gets the error"),
            Map.entry("SockblameBean.summaryJson", "the client gets the error"),
            Map.entry("ReportCache.build", "the client gets the error"));

    /** If this method fails, the probe is appended. */
    private static final String DEFINES_THE_PROBE = "ClassBytes.probeClass";

    /** What the agent does once in the life of a JVM, before the program begins or when it first uses sockets. */
    private static final List<String> BEGINNINGS = List.of(
            "AgentLifecycle.start",
            "OptionParser.parse",
            "Agent.start",
            "Watch.start",
            "AgentThread.start",
            "Hooks.install",
            "HookTable.forJdk",
            "HookStatus.<init>",
            "SocketTransformer.weave",
            "Agent.onFirstSocketClass",
            "StackHeadroom.require",
            "RuntimeStarter.startOnce",
            "JdkAccess.open",
            "IsolatedLoader.<init>",
            "ProbeInstaller.install",
            DEFINES_THE_PROBE,
            "AgentRuntime.start",
            "JdkDescriptorFields.<init>",
            "WarmUp.run",
            "Ledger.<init>",
            "ProcFs.<init>",
            "ProcFs.socketInodes",
            "AgentRuntime.connect",
            "Weaver.<init>",
            "Weaver.weave",
            "AdviceTemplate.of",
            "AdviceMethodVisitor.writeAdvice",
            "HookStatus.woven",
            "watch:AgentThread.run",
            "watch:Watch.run");

    private static final List<String> EACH_ERROR = List.of(
            "java.lang.IllegalStateException",
            "java.lang.OutOfMemoryError",
            "java.lang.StackOverflowError",
            "java.lang.NoClassDefFoundError");

    /** Where the watch thread is what fails, and has to come round often; whoever asks would wait for it for long. */
    private static final List<String> WATCHERS = List.of("watch", "stopped", "killed");

    /** Before the name of each event that the probe tells: this class hears them all. */
    private static final String EVENT = "NoopSocketListener.";

    /** What only the classic implementation of sockets calls, which JDK 17 is the last to have. */
    private static final Pattern CLASSIC =
            Pattern.compile("Classic\\w+Advice|CleanerCloseAdvice|Ledger\\.closedByCleaner");

    /** Constructors, and what only another Netty calls: one of long ago, or one over io_uring, which not every kernel allows. */
    private static final Pattern ELSEWHERE =
            Pattern.compile("<init>|NativeCloseUnmarkedAdvice|NativeReadAdvice|IoUring\\w+Advice");

    /** In seconds: hundreds of failures, one after the other, on a busy machine. */
    private static final int LONGEST_LIFE = 360;

    /** The watch thread's round, and where it counts an error of a round. */
    private static final String ROUND = "WatchRound.run";

    private static final String COUNT = "InternalErrors.countIfPossible";

    private static SabotagedAgent sabotaged;

    @BeforeAll
    static void sabotage() throws Exception {
        sabotaged = SabotagedAgent.make();
    }

    @Test
    void methodsOnProgramThreadsFail() throws Exception {
        TargetJdk jdk = TargetJdks.all().get(0);
        try (TargetProcess target = start("program")) {
            checkFailures(target, 100, 400);
            checkAfterwards(target);
            Set<String> struck = those("STRUCK ", target);
            struck.addAll(
                    struckIn(TargetJvm.of(jdk, Sabotaged.class).carrying(TestEnvironment.jars("netty42")), "netty"));
            if (jdk.hasClassicImplementation()) {
                struck.addAll(
                        struckIn(TargetJvm.of(jdk, Sabotaged.class).jvm("-Djdk.net.usePlainSocketImpl"), "classic"));
            }
            checkComplete(struck, jdk);
            TABLE.add(
                    "Each method that runs on a thread of the program, the woven code included, throws " + ERRORS,
                    SAME,
                    "the same after each of more than 400 failures in more than 100 methods; all counted");
        }
    }

    @Test
    void methodsForRequestsFail() throws Exception {
        try (TargetProcess target = start("asker")) {
            checkFailures(target, 300, 300);
            checkAfterwards(target);
            TABLE.add(
                    "Each method that runs for a JMX client throws one of them",
                    "the client gets the error, or a report that names what is missing; the next report is whole",
                    "the same after each of more than 300 failures in as many methods; all counted or returned to the client");
        }
    }

    @Test
    void methodsOnWatchThreadFail() throws Exception {
        try (TargetProcess target = start("watch")) {
            checkFailures(target, 250, 250);
            assertThat(target.threads()).filteredOn("sockblame-watch"::equals).hasSize(1);
            checkAfterwards(target);
            TABLE.add(
                    "Each method that runs on the watch thread throws one of them",
                    "the thread goes on; each is counted",
                    "one thread, going on, after each of more than 250 failures in as many methods; all counted");
        }
    }

    @Test
    void watchThreadStandsStill() throws Exception {
        try (TargetProcess target = start("stopped")) {
            target.awaitCheckpoint("done");
            assertThat(target.number("otherwise")).isZero();
            assertThat(target.number("stopped")).isGreaterThan(50);
            checkAfterwards(target);
            TABLE.add(
                    "The watch thread stands still in any of its methods, as in a read that hangs",
                    "the program never waits for the agent",
                    "the program went on at each of more than 50 places");
        }
    }

    @Test
    void watchThreadDies() throws Exception {
        try (TargetProcess target = start("killed")) {
            target.awaitCheckpoint("alive");
            assertThat(target.threads()).filteredOn("sockblame-watch"::equals).hasSize(1);
            assertThat(notRead(target.report().report())).isEmpty();
            target.proceedTo("done");
            Await.until("the last one's end", () -> !target.threads().contains("sockblame-watch"));
            checkAfterwards(target);
            assertThat(notRead(target.report().report()))
                    .singleElement()
                    .asString()
                    .startsWith("the thread died of java.lang.StackOverflowError: injected");
            target.agent().close();
            target.proceed();
            Output output = target.awaitEnd(SOON);
            assertThat(output.out()).doesNotContain("UNCAUGHT");
            assertThat(output.status()).isZero();
            TABLE.add(
                    "The watch thread dies, of an error in the place where errors are counted",
                    "a new thread continues; the program's handler of uncaught exceptions is not called; after the death of the eleventh, the"
                            + " report names the cause, and the end of the JVM does not wait",
                    "as expected; `not read: sockblame-watch: the thread died of java.lang.StackOverflowError: ...`");
        }
    }

    private static List<String> notRead(Report report) {
        return report.agent().sources().stream()
                .filter(source -> source.name().equals("sockblame-watch"))
                .map(source -> String.valueOf(source.detail()))
                .toList();
    }

    @Test
    void namedMethodsExist() {
        assertThat(TOLD.keySet()).as("methods of the agent").allMatch(sabotaged::has);
    }

    /** One JVM for each. */
    @Test
    void eachStepOfTheStartFails() throws Exception {
        assertThat(BEGINNINGS).as("methods of the agent").allMatch(sabotaged::has);
        Output plain =
                run(TargetJvm.of(TargetJdks.all().get(0), FourKinds.class).jvm(sabotaged.switchArgument()), "");
        int number = 0;
        for (String site : BEGINNINGS) {
            String error = EACH_ERROR.get(number++ % EACH_ERROR.size());
            String what = site + " throws " + error;
            Output failing = run(
                    TargetJvm.of(TargetJdks.all().get(0), FourKinds.class)
                            .jvm(
                                    sabotaged.switchArgument(),
                                    "-Dsabotage.site=" + sabotaged.site(site),
                                    "-Dsabotage.error=" + error,
                                    sabotaged.agentArgument("")),
                    what);
            assertThat(failing).as(what).isEqualTo(plain);
        }
        TABLE.add(
                "Each of " + BEGINNINGS.size()
                        + " steps of the agent's beginning throws one of them, from `premain` to the first weaving",
                "the program is the same; one line on standard error reports that the agent is disabled, or the report counts the error, or names the hooks"
                        + " that are missing because of it, or they are woven a moment later",
                "as expected, " + BEGINNINGS.size() + " of " + BEGINNINGS.size());
    }

    /** Runs it, and looks whether the agent said or counted what went wrong; what it said is not the program's. */
    private static Output run(TargetJvm jvm, String fault) throws Exception {
        try (TargetProcess target = jvm.start()) {
            target.awaitCheckpoint("done");
            if (!fault.isEmpty() && !hasReported(target)) {
                Report report = target.report().report();
                assertThat(TargetProperties.of(target.pid()).getProperty("sabotage.struck"))
                        .as("so it happened: %s", fault)
                        .isNotNull();
                assertThat(report.agent().internalErrors() > 0 || isToldOrMended(report))
                        .as("counted, told or mended: %s; %s", fault, report.agent())
                        .isTrue();
                target.agent().close();
            }
            target.proceed();
            Output output = target.awaitEnd(Await.PATIENCE).withoutOurLines();
            return fault.startsWith(DEFINES_THE_PROBE) ? withoutSharingWarning(output) : output;
        }
    }

    /** Its line may come later than its status, because another thread prints it. */
    private static boolean hasReported(TargetProcess target) throws Exception {
        return target.complaints().contains("sockblame: ")
                || TargetProperties.of(target.pid())
                        .getProperty("io.github.sockblame.status", "")
                        .startsWith("failed: ");
    }

    /** If the probe cannot be defined it is appended to the boot class path, and then the JVM prints this line. */
    private static Output withoutSharingWarning(Output output) {
        String rest = output.err()
                .lines()
                .filter(line -> !line.contains("Sharing is only supported for boot loader classes"))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
        return new Output(output.out(), rest, output.status());
    }

    /** A hook that could not be woven says why, unless it was woven a moment later. */
    private static boolean isToldOrMended(Report report) {
        return report.agent().hooks().stream()
                .filter(hook -> hook.state() == HookState.MISSING)
                .allMatch(hook -> String.valueOf(hook.detail()).contains("injected"));
    }

    @Test
    void registrationOfMXBeanFails() throws Exception {
        TargetJdk jdk = TargetJdks.all().get(0);
        Output plain = run(TargetJvm.of(jdk, FourKinds.class).jvm(sabotaged.switchArgument()), "");
        try (TargetProcess target = TargetJvm.of(jdk, FourKinds.class)
                .jvm(
                        sabotaged.switchArgument(),
                        "-XX:+EnableDynamicAgentLoading", // else the JVM of JDK 21 and later says that the viewer came
                        "-Dsabotage.site=" + sabotaged.site("watch:MBeanRegistration.register"),
                        "-Dsabotage.error=java.lang.OutOfMemoryError",
                        sabotaged.agentArgument(""))
                .start()) {
            target.awaitCheckpoint("done");
            Output seen = Viewer.on(jdk).call("leaks", target.pidText());
            assertThat(seen.status()).as("%s", seen).isZero();
            assertThat(seen.out())
                    .contains("1 error inside the agent since start; the latest: java.lang.OutOfMemoryError");
            target.proceed();
            assertThat(target.awaitEnd(Await.PATIENCE)).isEqualTo(plain);
            TABLE.add(
                    "The MXBean cannot be registered",
                    "the error is counted, and the viewer makes the agent register it again",
                    "`1 error inside the agent since start; the latest: java.lang.OutOfMemoryError: injected`");
        }
    }

    private static Set<String> struckIn(TargetJvm jvm, String where) throws Exception {
        try (TargetProcess target = start(jvm, where)) {
            checkFailures(target, 20, 20);
            checkAfterwards(target);
            return those("STRUCK ", target);
        }
    }

    /** Each event that there is was heard, and each advice ran: a new one must be struck, too. */
    private static void checkComplete(Set<String> struck, TargetJdk jdk) {
        List<String> entries = sabotaged.methods().stream()
                .filter(method -> method.startsWith(EVENT) || method.matches("\\w+Advice\\.\\w+"))
                .map(method -> method.replace(EVENT, "Ledger."))
                .filter(site -> jdk.feature() == 17 || !CLASSIC.matcher(site).find())
                .filter(site -> !ELSEWHERE.matcher(site).find())
                .toList();
        assertThat(entries).hasSizeGreaterThan(30);
        assertThat(struck).containsAll(entries);
    }

    private static TargetProcess start(String where) throws Exception {
        return start(TargetJvm.of(TargetJdks.all().get(0), Sabotaged.class), where);
    }

    private static TargetProcess start(TargetJvm jvm, String where) throws Exception {
        String folder = TestEnvironment.newFolder("sabotaged").toString();
        return jvm.jvm("-Dsabotage.hurry=" + (WATCHERS.contains(where) ? 100 : 1), "-Dlongest.life=" + LONGEST_LIFE)
                .jvm("-Dsabotage.round=" + sabotaged.site(ROUND), "-Dsabotage.count=" + sabotaged.site(COUNT))
                .jvm(
                        sabotaged.switchArgument(),
                        sabotaged.agentArgument("grace=10ms,capture.budget=0.1%,alert=site-leaks>=1,report.to=" + folder
                                + "/report.json,trace=" + folder + "/trace.tsv"))
                .arguments(folder, where)
                .start();
    }

    private static void checkFailures(TargetProcess target, int methods, int failures) throws Exception {
        awaitAllParts(target);
        assertThat(target.number("otherwise")).isZero();
        assertThat(target.number("methods")).isGreaterThan(methods);
        assertThat(target.number("failures")).isGreaterThan(failures);
        assertThat(those("UNCOUNTED ", target)).allMatch(TOLD::containsKey);
    }

    private static void awaitAllParts(TargetProcess target) throws Exception {
        for (int part = 1; !hasSaid("done", target); part++) {
            String name = "part " + part;
            Await.until(name, () -> hasSaid(name, target) || hasSaid("done", target) || !target.isAlive());
            assertThat(target.isAlive()).as("%s", target).isTrue();
            if (hasSaid(name, target)) {
                target.proceed();
            }
        }
    }

    private static boolean hasSaid(String line, TargetProcess target) {
        return target.printed().lines().anyMatch(line::equals);
    }

    private static Set<String> those(String mark, TargetProcess target) {
        return target.printed()
                .lines()
                .filter(line -> line.startsWith(mark))
                .map(line -> SabotagedAgent.withoutPackage(
                        line.substring(mark.length()).split(" ", -1)[0]))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Nothing fails any more: totals are the kernel's, and no hook is missing. */
    private static void checkAfterwards(TargetProcess target) throws Exception {
        QuietSnapshot moment = QuietSnapshot.moment(target);
        moment.checkTotalsAfterMissedEvents();
        AgentHealthChecks.checkWithErrors(moment.report().report());
        assertThat(target.complaints().lines())
                .filteredOn(line ->
                        !line.isEmpty() && !line.startsWith("WARNING: ")) // the JVM's, of the library that Netty loads
                .allMatch(line -> line.startsWith("sockblame: "));
    }

    @LastTest
    void tableEqualsPublishedOne() throws Exception {
        TABLE.check(TESTS);
    }
}
