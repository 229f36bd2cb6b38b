// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.QuietSnapshot;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.scenario.end.TlsEnds;
import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Socket;
import java.util.List;

/** The end of TLS is remembered of the socket that it came from, and of no other. */
class TlsEndIT {

    @OnEveryJdk
    void endOfTlsBelongsToOpenSocketBelow(TargetJdk jdk) throws Exception {
        try (TargetProcess target = TargetJvm.of(jdk, TlsEnds.class).watched().start()) {
            QuietSnapshot moment = QuietSnapshot.moment(target.awaitCheckpoint("read"));
            moment.checkTotals();
            assertThat(target.printed())
                    .as("the last one was closed, and says that it ended all the same")
                    .isEqualTo("read 7\nread -1\n".repeat(3) + "read -1\nread\n");

            for (String kept : List.of("keep", "keepLayered")) {
                Socket socket = moment.report().theOneOpenedIn(TlsEnds.class, kept);
                assertThat(moment.report().culprit(socket.closeNotify())).contains("TlsEnds.readToEnd(");
            }
            assertThat(moment.report().openedIn(TlsEnds.class, "openOther"))
                    .hasSize(3)
                    .allMatch(socket -> socket.origin() == Origin.OPENED)
                    .allMatch(socket -> socket.closeNotify() == null);
        }
    }
}
