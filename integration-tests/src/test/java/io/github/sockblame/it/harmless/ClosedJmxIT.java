// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.Output;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.harness.Viewer;
import io.github.sockblame.it.scenario.fault.FullOfFiles;
import io.github.sockblame.it.scenario.fault.GuardsJmx;
import io.github.sockblame.it.scenario.fault.RefusingMBeanServerBuilder;

/** JVMs whose JMX is guarded or missing: every verb goes another way, and no agent stays in half. */
class ClosedJmxIT {

    private static final String GUARD =
            "-Djavax.management.builder.initial=" + RefusingMBeanServerBuilder.class.getName();

    @OnEveryJdk
    void everyVerbAnswersWhereCallsAreRefused(TargetJdk jdk) throws Exception {
        try (TargetProcess target = watched(jdk, GuardsJmx.class, GUARD, "-Drefuse=invoke")) {
            Output leaks = checkLeaks(jdk, target);
            assertThat(leaks.err())
                    .startsWith("sockblame: the user has no permission for JVM " + target.pid()
                            + " (User not authorized to access operation: invoke): using the request file ")
                    .hasLineCount(1);
            Output status = Viewer.on(jdk).call("status", target.pidText());
            assertThat(status.out()).as("%s", status).contains("GuardsJmx", "all well");
            Output watch = Viewer.on(jdk).call("watch", target.pidText(), "1");
            assertThat(watch.status()).as("%s", watch).isZero();
            assertThat(watch.out()).contains("FullOfFiles.forget");
            Output noSite = Viewer.on(jdk).call("watch", target.pidText(), "99");
            assertThat(noSite.status()).as("%s", noSite).isEqualTo(2);
            assertThat(noSite.err()).contains("site 99");
            checkDetach(jdk, target);
            Output again = Viewer.on(jdk).call("leaks", target.pidText());
            assertThat(again.err()).contains("has no Sockblame agent");
        }
    }

    /** The viewer does not wait for the answer to a file request, because the agent publishes that there is none. */
    @OnEveryJdk
    void withoutFileRequestsTheAttachIsNext(TargetJdk jdk) throws Exception {
        try (TargetProcess target = TargetJvm.of(jdk, GuardsJmx.class)
                .jvm(GUARD, "-javaagent:" + TestEnvironment.agentJar() + "=grace=1ms,file.requests=false")
                .arguments("wait")
                .start()
                .awaitCheckpoint("leaked")) {
            assertThat(checkLeaks(jdk, target).err())
                    .contains("using a request by attach")
                    .doesNotContain("request file");
        }
    }

    @OnEveryJdk
    void agentComesAndGoesWhereItsRegistrationIsRefused(TargetJdk jdk) throws Exception {
        try (TargetProcess target = start(jdk, GuardsJmx.class, GUARD, "-Drefuse=registerMBean")) {
            checkAttachAndDetach(jdk, target);
        }
    }

    @OnEveryJdk
    void agentComesAndGoesWithoutModuleOfJmxConnector(TargetJdk jdk) throws Exception {
        try (TargetProcess target = start(
                jdk, FullOfFiles.class, "--limit-modules", "java.base,java.instrument,java.management,java.xml")) {
            checkAttachAndDetach(jdk, target);
        }
    }

    @OnEveryJdk
    void agentComesAndGoesWithoutModuleOfJmx(TargetJdk jdk) throws Exception {
        try (TargetProcess target =
                start(jdk, FullOfFiles.class, "--limit-modules", "java.base,java.instrument,java.xml")) {
            checkAttachAndDetach(jdk, target);
        }
    }

    private static void checkAttachAndDetach(TargetJdk jdk, TargetProcess target) throws Exception {
        Output attached = Viewer.on(jdk).call("attach", target.pidText());
        assertThat(attached.status()).as("%s", attached).isZero();
        assertThat(attached.out()).contains(" attached to JVM " + target.pid());
        Output list = Viewer.on(jdk).call("list", target.pidText());
        assertThat(list.status()).as("%s", list).isZero();
        assertThat(list.out()).contains("CLOSE-WAIT");
        checkDetach(jdk, target);
        assertThat(target.complaints()).doesNotContain("disabled");
    }

    private static Output checkLeaks(TargetJdk jdk, TargetProcess target) throws Exception {
        Output leaks = Viewer.on(jdk).call("leaks", target.pidText());
        assertThat(leaks.status()).as("%s", leaks).isEqualTo(1);
        assertThat(leaks.out()).contains("FORGOTTEN", "FullOfFiles.forget(FullOfFiles.java:");
        return leaks;
    }

    private static void checkDetach(TargetJdk jdk, TargetProcess target) throws Exception {
        Output detached = Viewer.on(jdk).call("detach", target.pidText());
        assertThat(detached.status()).as("%s", detached).isZero();
        assertThat(detached.out())
                .contains("detached: the hooks were removed from ")
                .doesNotContain("; but ");
        assertThat(target.threads()).noneMatch(name -> name.startsWith("sockblame"));
    }

    private static TargetProcess watched(TargetJdk jdk, Class<?> scenario, String... jvm) throws Exception {
        // not "watched": the check of its health takes JMX
        return TargetJvm.of(jdk, scenario)
                .jvm(jvm)
                .jvm("-javaagent:" + TestEnvironment.agentJar() + "=grace=1ms")
                .arguments("wait")
                .start()
                .awaitCheckpoint("leaked");
    }

    private static TargetProcess start(TargetJdk jdk, Class<?> scenario, String... jvm) throws Exception {
        return TargetJvm.of(jdk, scenario).jvm(jvm).arguments("wait").start().awaitCheckpoint("leaked");
    }
}
