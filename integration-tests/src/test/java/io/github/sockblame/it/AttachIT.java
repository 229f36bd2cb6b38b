// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Origin;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Socket;
import io.github.sockblame.report.Verdict;
import java.util.List;
import java.util.Optional;

/** The agent comes into a program that runs already. */
class AttachIT {

    @OnEveryJdk
    void leaksFromBeforeAreSitesAndThoseFromAfterAreNamed(TargetJdk jdk) throws Exception {
        try (TargetProcess target = TargetJvm.of(jdk, "LeaksBeforeAndAfter").start()) {
            target.awaitCheckpoint("early");
            attach(jdk, target, "--options", "grace=1ms");
            Quiet early = Quiet.moment(target);
            early.checkTotals();
            assertThat(early.report().openedIn("LeaksBeforeAndAfter.main")).isEmpty();
            assertThat(early.report().report().program().attachedLate()).isTrue();

            Output again = attach(jdk, target, "--options", "grace=1h");
            assertThat(again.out()).contains("already there");
            target.proceedTo("late");
            ReportView late = Await.value(
                    "seven leaks",
                    () -> Optional.of(target.report())
                            .filter(report -> report.report().totals().leaked() == 7));

            assertThat(late.openedIn("LeaksBeforeAndAfter.leakLate"))
                    .hasSize(4)
                    .allMatch(socket -> socket.origin() == Origin.OPENED && socket.verdict() == Verdict.FORGOTTEN);
            List<Socket> before = late.report().sockets().stream()
                    .filter(socket -> socket.verdict() == Verdict.ABANDONED)
                    .toList();
            assertThat(before)
                    .hasSize(3)
                    .allMatch(socket -> socket.origin() == Origin.BEFORE_AGENT && socket.opened() == null);
            assertThat(late.report().sites()).hasSize(2);
            Site untracked = late.report().sites().get(1);
            assertThat(untracked.count()).isEqualTo(3);
            assertThat(untracked.opened()).isNull();
            assertThat(untracked.verdict()).isEqualTo(Verdict.ABANDONED);
            Quiet.moment(target).checkTotals();

            Output leaks = Viewer.on(jdk).call("leaks", target.pidText());
            assertThat(leaks.status()).isEqualTo(1);
            assertThat(leaks.out()).contains("LeaksBeforeAndAfter.leakLate(", "opened before the agent was there");
        }
    }

    /**
     * A method that is running while it is woven goes on as it was. What was accepted by such a call may be untracked, or tracked
     * without its listener; it is in the totals all the same, and the next call of that method is seen whole.
     */
    @OnEveryJdk
    void acceptThatWasBlockedAlreadyIsCounted(TargetJdk jdk) throws Exception {
        try (TargetProcess target = TargetJvm.of(jdk, "BlockedAccepts").start()) {
            target.awaitCheckpoint("first blocked");
            attach(jdk, target);
            target.proceedTo("first accepted");
            Quiet first = Quiet.moment(target);
            first.checkTotals();
            assertThat(first.report().openedIn("BlockedAccepts.main")).hasSize(2);

            target.proceedTo("second blocked").proceedTo("second accepted");
            Quiet second = Quiet.moment(target);
            second.checkTotals();
            assertThat(second.report().openedIn("BlockedAccepts.main")).hasSize(4);
            List<Socket> accepted = second.report().report().sockets().stream()
                    .filter(socket -> socket.origin() == Origin.ACCEPTED
                            && second.report().culprit(socket.opened()).contains(".BlockedAccepts.lambda$"))
                    .toList();
            assertThat(accepted).hasSize(2).allMatch(socket -> socket.listenerOpened() == null);
        }
    }

    private static Output attach(TargetJdk jdk, TargetProcess target, String... options) throws Exception {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "attach";
        arguments[1] = target.pidText();
        System.arraycopy(options, 0, arguments, 2, options.length);
        Output attached = Viewer.on(jdk).call(arguments);
        assertThat(attached.status()).as("%s", attached).isZero();
        assertThat(attached.err()).isEmpty();
        target.isWatchedNow();
        return attached;
    }
}
