// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harmless;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.ClassLog;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.scenario.fault.FullOfFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** An agent that comes and goes again and again leaves nothing that grows. */
class CyclesIT {

    /** The JVM makes a class for each method handle that is called often; it does so at the first call here. */
    private static final String CUSTOMIZE_AT_ONCE = "-Djava.lang.invoke.MethodHandle.CUSTOMIZE_THRESHOLD=0";

    private static final int FIRST = 3;
    private static final int LAST = 10;

    @OnEveryJdk
    void classesThreadsAndDescriptorsStayLevel(TargetJdk jdk) throws Exception {
        ClassLog log = ClassLog.inNewFolder();
        try (TargetProcess target = TargetJvm.of(jdk, FullOfFiles.class)
                .jvm(CUSTOMIZE_AT_ONCE)
                .arguments("wait")
                .logging(log)
                .start()) {
            target.awaitCheckpoint("leaked");
            VirtualMachine jvm = VirtualMachine.attach(target.pidText());
            try {
                cycles(jvm, target, FIRST);
                List<String> classes = log.definitions();
                int threads = target.threads().size();
                long descriptors = descriptors(target);

                cycles(jvm, target, LAST - FIRST);
                List<String> all = log.definitions();
                Set<String> kinds = classes.stream().map(CyclesIT::kind).collect(Collectors.toSet());
                assertThat(all.subList(classes.size(), all.size()).stream().filter(name -> kinds.contains(kind(name))))
                        .as("one class or more that each cycle made again")
                        .hasSizeLessThan(LAST - FIRST);
                assertThat(target.threads()).hasSizeLessThanOrEqualTo(threads);
                assertThat(descriptors(target)).isLessThanOrEqualTo(descriptors);
            } finally {
                jvm.detach();
            }
        }
    }

    /** The name without the address that the JVM gives to a class without a name of its own. */
    private static String kind(String name) {
        return name.replaceFirst("/0x[0-9a-f]+$", "");
    }

    private static void cycles(VirtualMachine jvm, TargetProcess target, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            jvm.loadAgent(TestEnvironment.agentJar().toString(), "");
            assertThat((String) target.agent().call("summaryJson")).contains("\"sites\"");
            assertThat((String) target.agent().call("detach"))
                    .startsWith("detached: the hooks were removed from ")
                    .doesNotContain("; but ");
            Await.until(
                    "no thread of the agent",
                    () -> target.threads().stream().noneMatch(name -> name.startsWith("sockblame")));
        }
    }

    private static long descriptors(TargetProcess target) throws IOException {
        long count = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of("/proc", target.pidText(), "fd"))) {
            for (Path unused : entries) {
                count++;
            }
        }
        return count;
    }
}
