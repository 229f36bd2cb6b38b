// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.AgentConnection;
import io.github.sockblame.it.harness.ClassLog;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.ReportView;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.harness.TestEnvironment;
import io.github.sockblame.it.scenario.kind.EveryProtocol;
import io.github.sockblame.it.scenario.leak.HelloWorld;
import io.github.sockblame.report.Hook;
import io.github.sockblame.report.HookState;
import java.util.Set;

/** Every hook is in its class as soon as that class is loaded, and the agent says so truthfully. */
class HooksIT {

    @OnEveryJdk
    void programWithEveryKindWeavesAllHooks(TargetJdk jdk) throws Exception {
        try (TargetProcess target = TargetJvm.of(jdk, EveryProtocol.class)
                .arguments(TestEnvironment.newFolder("unix").toString())
                .watched()
                .start()) {
            ReportView report = target.awaitCheckpoint("open").report();

            assertThat(report.report().agent().hooks())
                    .hasSizeGreaterThanOrEqualTo(20)
                    .allMatch(hook -> hook.state() == HookState.WOVEN || isClassic(hook));
            boolean classic = report.report().agent().hooks().stream().anyMatch(HooksIT::isClassic);
            assertThat(target.agent().attribute("HookStatus")).isEqualTo(classic ? "waiting" : "complete");
        }
    }

    /** The implementation that 17 still has and does not use. */
    private static boolean isClassic(Hook hook) {
        return hook.method().startsWith("java.net.");
    }

    @OnEveryJdk
    void hooksWaitForTheirClasses(TargetJdk jdk) throws Exception {
        ClassLog log = ClassLog.inNewFolder();
        try (TargetProcess target =
                TargetJvm.of(jdk, HelloWorld.class).watched().logging(log).start()) {
            target.awaitCheckpoint("done");
            AgentConnection agent = target.agent(); // loads classes of sockets, for the JMX server needs them
            Set<String> before = log.loaded();
            ReportView report = target.report();
            Set<String> after = log.loaded();

            for (Hook hook : report.report().agent().hooks()) {
                String owner = hook.method().substring(0, hook.method().lastIndexOf('.'));
                if (before.contains(owner)) {
                    assertThat(hook.state()).as("%s", hook).isEqualTo(HookState.WOVEN);
                } else if (!after.contains(owner)) {
                    assertThat(hook.state()).as("%s", hook).isEqualTo(HookState.WAITING);
                }
            }
            assertThat(report.report().agent().hooks())
                    .extracting(Hook::state)
                    .contains(HookState.WOVEN, HookState.WAITING);
            assertThat(agent.attribute("HookStatus")).isEqualTo("waiting");
        }
    }
}
