// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.sockblame.agent.capture.MonotonicClock;
import io.github.sockblame.agent.culprit.PackageSet;
import io.github.sockblame.agent.kernel.ProcFs;
import io.github.sockblame.agent.kernel.SocketStateReader;
import io.github.sockblame.agent.kernel.SocketSyscalls;
import io.github.sockblame.agent.kernel.fd.FstatCalls;
import io.github.sockblame.agent.kernel.net.ProcAddressFormat;
import io.github.sockblame.agent.ledger.ConnectionAddresses;
import io.github.sockblame.agent.ledger.ConnectionEndpoints;
import io.github.sockblame.agent.ledger.DescriptorAccess;
import io.github.sockblame.agent.ledger.Ledger;
import io.github.sockblame.agent.sampling.IoThreadLookup;
import io.github.sockblame.agent.service.ReportService;
import io.github.sockblame.report.Endpoint;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.TcpState;
import java.lang.invoke.MethodHandle;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureTest {

    private static final String ROOT = "io.github.sockblame.";
    private static final String AGENT = ROOT + "agent.";

    /** The packages that receive values alone. */
    private static final String[] PURE = {AGENT + "diagnosis..", AGENT + "join", AGENT + "culprit", AGENT + "redact"};

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT + "agent", ROOT + "probe");

    /** The table of the architecture; nobody may use what is not in its row but the JDK, jspecify and the log. */
    @ParameterizedTest
    @CsvSource({
        "jmx, 'agent.alert, agent.file, agent.memory, agent.service, report..'",
        "watch, 'agent.alert, agent.capture, agent.kernel.proc, agent.ledger, agent.memory, agent.program, agent.request, agent.sampling, agent.service, agent.trace'",
        "request, 'agent.file, agent.memory, agent.service, report..'",
        "trace, 'agent.capture, agent.culprit, agent.file, agent.ledger, agent.redact, agent.reporting, agent.sampling, report..'",
        "alert, 'agent.file, agent.memory, agent.sampling, agent.service, report..'",
        "reporting, 'agent.capture, agent.culprit, agent.diagnosis, agent.diagnosis.site, agent.diagnosis.verdict, agent.join, agent.kernel, agent.kernel.net, agent.kernel.proc, agent.ledger, agent.memory, agent.program, agent.redact, agent.sampling, agent.service, report..'",
        "program, 'agent.culprit, agent.instrument, report..'",
        "sampling, 'agent.capture, agent.collection, agent.culprit, agent.diagnosis.site, agent.diagnosis.verdict, agent.join, agent.kernel, agent.kernel.fd, agent.kernel.net, agent.kernel.proc, agent.ledger, agent.memory, report..'",
        "diagnosis, 'agent.culprit, agent.diagnosis.site, agent.diagnosis.verdict, agent.join, agent.kernel.net, agent.ledger, report..'",
        "diagnosis.site, 'agent.capture, agent.collection, agent.culprit, agent.diagnosis.verdict, agent.join, agent.kernel.net, agent.ledger, report..'",
        "diagnosis.verdict, 'agent.capture, agent.collection, agent.culprit, agent.join, agent.kernel.net, agent.ledger, report..'",
        "join, 'agent.capture, agent.collection, agent.kernel, agent.kernel.fd, agent.kernel.net, agent.ledger, report..'",
        "culprit, 'agent.capture, report..'",
        "redact, 'report..'",
        "service, 'agent.memory, report..'",
        "ledger, 'agent.capture, agent.collection, agent.memory, probe'",
        "capture, ''",
        "kernel, 'agent.kernel.fd, agent.kernel.net, agent.kernel.proc, report..'",
        "kernel.net, 'agent.collection, agent.kernel.fd, agent.kernel.proc, report..'",
        "kernel.fd, 'agent.collection, agent.kernel.proc'",
        "kernel.proc, ''",
        "collection, ''",
        "instrument, 'agent.instrument.hook, agent.instrument.weave, probe, report..'",
        "instrument.weave, 'agent.bootstrap, agent.instrument.hook, probe'",
        "instrument.hook, ''",
        "instrument.advice, 'probe'",
        "jdk, 'agent.kernel, agent.kernel.fd, agent.kernel.net, agent.ledger, agent.sampling, report..'",
        "bootstrap, 'agent.jdk'",
        "options, 'agent.alert, agent.diagnosis, agent.file, report..'",
        "memory, ''",
        "file, ''",
        "log, ''"
    })
    void importsPointDownwards(String name, String below) {
        List<String> allowed = new ArrayList<>(List.of("java..", "javax.management..", "org.jspecify..", AGENT + name));
        for (String one : below.split(", ", -1)) {
            if (!one.isEmpty()) {
                allowed.add(ROOT + one);
            }
        }
        if (!name.equals("log") && !name.equals("collection")) {
            allowed.add(AGENT + "log");
        }
        if (name.startsWith("instrument")) {
            allowed.add("net.bytebuddy..");
        }
        classes()
                .that()
                .resideInAPackage(AGENT + name)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed.toArray(new String[0])))
                .check(CLASSES);
    }

    @Test
    void theProbeNeedsTheJdkAlone() {
        classes()
                .that()
                .resideInAPackage(ROOT + "probe")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", ROOT + "probe"))
                .check(CLASSES);
    }

    /** A program can run in an image of few modules; Jackson's databind cannot. */
    @Test
    void theAgentReadsNoJsonAndWritesItWithoutDatabind() {
        JavaClasses withReport = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages(ROOT + "agent", ROOT + "report");
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "report.json")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + "report.json", "tools.jackson.databind..", "com.fasterxml..")
                .check(withReport);
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "report.json", ROOT + "report.write")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("tools.jackson..")
                .check(withReport);
    }

    @Test
    void thereIsNoCycle() {
        slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void kernelTakesNothingButWordsFromTheReport() {
        noClasses()
                .that()
                .resideInAPackage(AGENT + "kernel")
                .should()
                .dependOnClassesThat(resideInAnyPackage(ROOT + "report..")
                        .and(DescribedPredicate.not(belongToAnyOf(TcpState.class, Endpoint.class, Protocol.class))))
                .check(CLASSES);
    }

    /** From the entry class down to the parts that work, and never back. */
    @ParameterizedTest
    @CsvSource({
        "SockblameAgent, ''",
        "AgentLifecycle, SockblameAgent",
        "Agent, AgentLifecycle",
        "RuntimeStarter, Agent",
        "AgentRuntime, 'Agent, RuntimeStarter'",
        "RuntimePreparation, AgentRuntime",
        "RuntimeResources, AgentRuntime",
        "CurrentStatus, 'RuntimeStarter, AgentRuntime'"
    })
    void theAgentIsPutTogetherInOneDirection(String name, String users) {
        String type = AGENT + name;
        DescribedPredicate<JavaClass> mayUse = withNested(type);
        for (String user : users.split(", ", -1)) {
            mayUse = mayUse.or(withNested(AGENT + user));
        }
        noClasses()
                .that(DescribedPredicate.not(mayUse))
                .should()
                .dependOnClassesThat(withNested(type))
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> withNested(String name) {
        return DescribedPredicate.describe(
                name, type -> type.getName().equals(name) || type.getName().startsWith(name + "$"));
    }

    /** The classes that reach into the JDK by reflection do nothing else: one place has the JDK's private parts. */
    private static final String REFLECTION = AGENT + "jdk";

    @Test
    void reflectionIsInOnePlace() {
        noClasses()
                .that()
                .resideOutsideOfPackage(REFLECTION)
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.lang.invoke", "java.lang.reflect"))
                .check(CLASSES);
    }

    @Test
    void reflectionServesPortsAlone() {
        classes()
                .that()
                .resideInAPackage(REFLECTION)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", REFLECTION)
                        .or(belongToAnyOf(
                                DescriptorAccess.class,
                                ConnectionAddresses.class,
                                ConnectionEndpoints.class,
                                FstatCalls.class,
                                SocketSyscalls.class,
                                IoThreadLookup.class,
                                ProcAddressFormat.class,
                                Endpoint.class)))
                .check(CLASSES);
    }

    @Test
    void diagnosisIsPure() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .and()
                .doNotHaveFullyQualifiedName(PackageSet.class.getName())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.nio.file..", "java.util.concurrent..")
                        .or(JavaClass.Predicates.equivalentTo(Thread.class))
                        .or(JavaClass.Predicates.equivalentTo(Clock.class)))
                .orShould()
                .callMethod(MonotonicClock.class, "millis")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethodWhere(aThreadIsPassed())
                .check(CLASSES);
    }

    /** A thread that a call returns and another call takes is no dependency on its class. */
    private static DescribedPredicate<JavaMethodCall> aThreadIsPassed() {
        return DescribedPredicate.describe(
                "a thread is an argument or the result",
                call -> call.getTarget().getRawReturnType().isEquivalentTo(Thread.class)
                        || call.getTarget().getRawParameterTypes().stream()
                                .anyMatch(type -> type.isEquivalentTo(Thread.class)));
    }

    /** It receives values: nothing that reads on demand, and nothing that another package implements. */
    @Test
    void diagnosisCallsNothingBack() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .and()
                .doNotHaveSimpleName("package-info")
                .should()
                .beInterfaces()
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(ReportService.class, Ledger.class, ProcFs.class, SocketStateReader.class)
                .check(CLASSES);
        noCodeUnits()
                .that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(PURE)
                .should()
                .haveRawParameterTypes(DescribedPredicate.describe(
                        "with a function", types -> types.stream().anyMatch(ArchitectureTest::isFunction)))
                .check(CLASSES);
    }

    private static boolean isFunction(JavaClass type) {
        return type.getPackageName().equals("java.util.function")
                || type.isEquivalentTo(Runnable.class)
                || type.isAnnotatedWith(FunctionalInterface.class);
    }

    @Test
    void classNamesDescribeTheirRole() {
        noClasses()
                .should()
                .haveNameMatching(".*(Utils?|Helpers?|Manager|Impl|Base|Common|Misc|Stuff|Things?)")
                .orShould()
                .haveNameMatching(".*\\.I[A-Z][a-z]\\w*")
                .check(CLASSES);
    }

    @Test
    void noVoidMethodIsNamedLikeAQuestion() {
        noMethods()
                .that()
                .haveRawReturnType(void.class)
                .should()
                .haveNameMatching("(is|are|was|has|had|can)[A-Z].*")
                .check(CLASSES);
    }

    @Test
    void agentAvoidsForbiddenJdkCalls() {
        noClasses()
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(System.class, "gc")
                .orShould()
                .callMethod(Runtime.class, "gc")
                .orShould()
                .callMethod(InetAddress.class, "getHostName")
                .orShould()
                .callMethod(InetAddress.class, "getCanonicalHostName")
                .orShould()
                .callMethod(InetAddress.class, "getByName", String.class)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.logging..")
                .check(CLASSES);
    }

    @Test
    void descriptorAccessUsesNoMethodHandles() {
        noClasses() // one that is no constant defines a class at its 128th call
                .that()
                .implement(DescriptorAccess.class)
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(MethodHandle.class.getName())
                .check(CLASSES);
    }

    @Test
    void onlyTwoClassesMakeThreads() {
        noClasses()
                .that(DescribedPredicate.not(withNested(AGENT + "watch.AgentThread"))
                        .and(DescribedPredicate.not(withNested(AGENT + "log.DeliveryThread"))))
                .should()
                .callConstructorWhere(JavaCall.Predicates.target(
                        HasOwner.Predicates.With.owner(JavaClass.Predicates.assignableTo(Thread.class))))
                .check(CLASSES);
    }

    /**
     * A class of the program can override these methods. An override may wait for a lock of the program, on the watch
     * thread or under a lock of the agent.
     */
    @ParameterizedTest
    @CsvSource({
        "java.lang.Thread, 'getStackTrace, toString, isInterrupted, getContextClassLoader, getUncaughtExceptionHandler, run', ''",
        "java.lang.Thread, getId, capture.CapturedEvent", // of the JDK's threads, which it checks
        "java.lang.Thread, interrupt, 'watch.AgentThread, log.DeliveryThread'", // of the thread that waits
        "java.lang.ThreadGroup, *, ''",
        "java.lang.ClassLoader, 'loadClass, getName, toString, getResource, getResources, getResourceAsStream', ''",
        "java.net.Socket, *, ''",
        "java.net.ServerSocket, *, ''",
        "java.nio.channels.SelectableChannel, *, ''",
        "java.net.SocketImpl, *, ''",
        "java.nio.charset.Charset, forName, ''",
        // the default file system may be the program's
        "java.nio.file.Path, of, file.JdkPaths",
        "java.nio.file.Path, toFile, ''", // it fails for a path of another file system
        "java.io.File, toPath, ''",
        "java.nio.file.Paths, *, ''",
        "java.nio.file.FileSystems, *, ''",
        "java.nio.file.Files, 'createTempFile, createTempDirectory', ''",
        "java.lang.Throwable, 'printStackTrace, getStackTrace, fillInStackTrace, getSuppressed', 'capture.CapturedEvent, capture.StackDepth'", // of their own
        "java.lang.Throwable, toString, 'log.ErrorText, jdk.JdkConnectionAddresses, jdk.JdkIoThreads'" // of the JDK
    })
    void noOverrideOfTheProgramIsCalled(String owner, String methods, String exempt) {
        List<String> names = List.of(methods.split(", ", -1));
        List<String> exemptClasses = new ArrayList<>();
        for (String name : exempt.split(", ", -1)) {
            exemptClasses.add(AGENT + name);
        }
        noClasses()
                .that(DescribedPredicate.describe(
                        "not exempt",
                        type -> type.getName().startsWith(AGENT) && !exemptClasses.contains(type.getName())))
                .should()
                .accessTargetWhere(DescribedPredicate.describe(
                        owner + " " + methods,
                        access -> access.getTarget().getOwner().isAssignableTo(owner)
                                && !access.getTargetOwner().getName().startsWith(ROOT)
                                && !access.getName().equals("<init>")
                                && (methods.equals("*") || names.contains(access.getName()))))
                .check(CLASSES);
    }

    /** A write to standard error may never return: the pipe may have no reader, or the program may have replaced the stream. */
    @Test
    void onlyADeliveryThreadUsesStandardError() {
        noClasses()
                .that(DescribedPredicate.not(withNested(AGENT + "log.Log"))
                        .and(DescribedPredicate.not(withNested(AGENT + "SockblameAgent"))))
                .should()
                .accessField(System.class, "err")
                .orShould()
                .accessField(System.class, "out")
                .check(CLASSES);
    }

    /** The MBean server may be a class of the program: {@code javax.management.builder.initial}. */
    @Test
    void onlyTheRegistrationCallsTheMBeanServer() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(AGENT + "jmx.MBeanRegistration")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("javax.management.MBeanServer")
                .check(CLASSES);
        noMethods()
                .that()
                .areDeclaredInClassesThat()
                .haveFullyQualifiedName(AGENT + "jmx.MBeanRegistration")
                .should()
                .haveModifier(JavaModifier.SYNCHRONIZED)
                .check(CLASSES);
    }
}
