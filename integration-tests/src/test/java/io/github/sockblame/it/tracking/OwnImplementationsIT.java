// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.Output;
import io.github.sockblame.it.harness.QuietSnapshot;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.scenario.kind.OwnImplementations;
import io.github.sockblame.it.scenario.kind.OwnSocketImpl;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.TcpState;

/** Implementations of sockets that the program brought along, however wrong, work or fail as they do without the agent. */
class OwnImplementationsIT {

    @OnEveryJdk
    void agentLeavesOwnImplementationsUnchanged(TargetJdk jdk) throws Exception {
        Output plain;
        try (TargetProcess target = TargetJvm.of(jdk, OwnImplementations.class).start()) {
            target.awaitCheckpoint("ready").proceedTo("used").proceedTo("done");
            plain = target.finish();
        }
        try (TargetProcess target =
                TargetJvm.of(jdk, OwnImplementations.class).watched().start()) {
            target.awaitCheckpoint("ready");
            assertThat(target.report().report().sockets())
                    .as("asked before every new socket is one of the program's own")
                    .isNotEmpty();
            target.proceedTo("used");
            QuietSnapshot used = QuietSnapshot.moment(target);
            used.checkTotals();
            Socket below = used.report().theOneOpenedIn(OwnSocketImpl.class, "connect");
            assertThat(below.state()).isEqualTo(TcpState.ESTABLISHED);
            assertThat(used.report().culprit(below.opened())).contains("OwnSocketImpl.connect(");

            target.proceedTo("done");
            QuietSnapshot done = QuietSnapshot.moment(target);
            done.checkTotals();
            assertThat(done.report().openedIn(OwnSocketImpl.class, "connect")).hasSize(1);

            Output watched = target.finish();
            assertThat(watched).isEqualTo(plain);
            assertThat(watched.out())
                    .contains("NONE read: 0\nNONE read on: -1\n")
                    .contains("CONNECT_THROWS connect: java.lang.StackOverflowError connect\n")
                    .contains("factory ACCEPT_FAILS accept: java.io.IOException accept\n");
        }
    }
}
