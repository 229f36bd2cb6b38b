// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

/** What is not needed is not loaded: that is what keeps the start of a program cheap. */
class LazyIT {

    private static final String SHADED = "io.github.sockblame.agent.shaded.";

    @OnEveryJdk
    void programWithoutSocketsLoadsNothingOfWeavingOrReporting(TargetJdk jdk) throws Exception {
        Set<String> loaded = loaded(jdk, "HelloWorld");

        assertThat(loaded)
                .contains("io.github.sockblame.agent.Agent")
                .noneMatch(name -> name.startsWith(SHADED))
                .noneMatch(name -> name.startsWith("javax.management."))
                .noneMatch(name -> name.startsWith("io.github.sockblame.probe."));
    }

    @OnEveryJdk
    void programThatNobodyAsksLoadsNothingOfReporting(TargetJdk jdk) throws Exception {
        Set<String> loaded = loaded(jdk, "FourKinds");

        assertThat(loaded)
                .contains("io.github.sockblame.probe.SocketProbe")
                .contains(SHADED + "bytebuddy.jar.asm.ClassReader")
                .noneMatch(name -> name.startsWith(SHADED + "jackson."))
                .noneMatch(name -> name.startsWith("javax.management."));
    }

    private static Set<String> loaded(TargetJdk jdk, String scenario) throws Exception {
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
