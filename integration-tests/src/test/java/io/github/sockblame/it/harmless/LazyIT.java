// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.ClassLog;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.scenario.kind.FourKinds;
import io.github.sockblame.it.scenario.leak.HelloWorld;
import java.util.Set;

/** What is not needed is not loaded: that is what keeps the start of a program cheap. */
class LazyIT {

    private static final String OURS = "io.github.sockblame.";
    private static final String SHADED = OURS + "agent.shaded.";
    private static final String BYTE_BUDDY = SHADED + "bytebuddy.";

    /** Each class costs a program some tenths of a millisecond at its start: 40 were counted, on every JDK. */
    private static final int WITHOUT_SOCKETS = 42;

    /** 268 were counted, 30 of them of ASM. */
    private static final int WITH_SOCKETS = 272;

    @OnEveryJdk
    void programWithoutSocketsLoadsNothingOfWeavingOrReporting(TargetJdk jdk) throws Exception {
        Set<String> loaded = loaded(jdk, HelloWorld.class);

        assertThat(loaded)
                .contains("io.github.sockblame.agent.Agent")
                .filteredOn(name -> !name.equals(SHADED + "report.ProcessStart")) // for the status property
                .filteredOn(
                        name -> !name.equals(SHADED + "report.option.OptionSyntax")) // it has the names of the options
                .noneMatch(name -> name.startsWith(SHADED))
                .noneMatch(name -> name.startsWith("javax.management."))
                .noneMatch(name -> name.startsWith(OURS + "probe."));
        assertThat(loaded)
                .filteredOn(name -> name.startsWith(OURS + "agent."))
                .hasSizeLessThanOrEqualTo(WITHOUT_SOCKETS);
    }

    @OnEveryJdk
    void programWithoutRequestsLoadsNothingOfReporting(TargetJdk jdk) throws Exception {
        Set<String> loaded = loaded(jdk, FourKinds.class);

        assertThat(loaded)
                .contains("io.github.sockblame.probe.SocketProbe")
                .contains(SHADED + "bytebuddy.jar.asm.ClassReader")
                .noneMatch(name -> name.startsWith(SHADED + "jackson."))
                .noneMatch(name -> name.startsWith("javax.management."));
        assertThat(loaded)
                .filteredOn(name -> name.startsWith(BYTE_BUDDY))
                .allMatch(name -> name.startsWith(BYTE_BUDDY + "jar.asm."));
        assertThat(loaded).filteredOn(name -> name.startsWith(OURS + "agent.")).hasSizeLessThanOrEqualTo(WITH_SOCKETS);
    }

    private static Set<String> loaded(TargetJdk jdk, Class<?> scenario) throws Exception {
        ClassLog log = ClassLog.inNewFolder();
        try (TargetProcess target =
                TargetJvm.of(jdk, scenario).watched().logging(log).start()) {
            target.awaitCheckpoint("done");
            Set<String> untilNow = log.loaded();
            assertThat(target.report().report().sockets()).isNotEmpty(); // asked, it answers; and loads what it needs
            assertThat(log.loaded()).anyMatch(name -> name.startsWith(SHADED + "jackson."));
            return untilNow;
        }
    }
}
