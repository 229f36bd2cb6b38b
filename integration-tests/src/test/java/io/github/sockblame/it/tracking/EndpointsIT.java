// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.tracking;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.it.harness.AgentHealthChecks;
import io.github.sockblame.it.harness.Await;
import io.github.sockblame.it.harness.OnEveryJdk;
import io.github.sockblame.it.harness.QuietSnapshot;
import io.github.sockblame.it.harness.TargetJdk;
import io.github.sockblame.it.harness.TargetJvm;
import io.github.sockblame.it.harness.TargetProcess;
import io.github.sockblame.it.scenario.fault.EndOfStack;
import io.github.sockblame.it.scenario.fault.FirstAtEndOfStack;
import io.github.sockblame.it.scenario.fault.FullHeap;
import io.github.sockblame.it.scenario.kind.AdaptedChannels;
import io.github.sockblame.it.scenario.kind.BlockingChannels;
import io.github.sockblame.it.scenario.kind.BlockingSockets;
import io.github.sockblame.it.scenario.kind.SelectedChannels;
import io.github.sockblame.report.HookState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** At the end of the stack and of memory: the program fares as it does without the agent, and both work when that is over. */
class EndpointsIT {

    private static final Pattern LINE = Pattern.compile("(?m)^([a-z ]+): failed (\\d+), left open (-?\\d+), \\[(.*)]$");

    /** A woven method's frame is larger by a few words, which may make one frame of the scenario more, but not a call. */
    private static final int A_FRAME_OR_TWO = 2;

    /** What a use of sockets at the end of the stack came to. */
    private record Fall(int failed, int leftOpen, List<String> errors) {}

    /** Interpreted, because then each run has the same frames. */
    @OnEveryJdk
    void agentLeavesEndOfStackWhereItIs(TargetJdk jdk) throws Exception {
        Map<String, Fall> plain;
        try (TargetProcess target =
                TargetJvm.of(jdk, EndOfStack.class).jvm("-Xint").start()) {
            plain = falls(target.awaitCheckpoint("fallen"));
        }
        try (TargetProcess target = TargetJvm.of(jdk, EndOfStack.class)
                .jvm("-Xint")
                .watched()
                .start()
                .expecting(AgentHealthChecks::checkWithErrors)) {
            Map<String, Fall> watched = falls(target.awaitCheckpoint("fallen"));

            assertThat(watched).hasSize(6).containsOnlyKeys(plain.keySet());
            watched.forEach((what, fall) -> {
                Fall without = requireNonNull(plain.get(what));
                assertThat(fall.failed).as(what).isBetween(1, without.failed + A_FRAME_OR_TWO);
                assertThat(fall.errors).as(what).isEqualTo(without.errors);
                if (what.endsWith("channel")) { // a socket that is left open the garbage collector may close
                    assertThat(fall.leftOpen).as(what).isLessThanOrEqualTo(without.leftOpen + A_FRAME_OR_TWO);
                }
            });
            checkThatAllIsWellAgain(target);
        }
    }

    @OnEveryJdk
    void compiledCodeSurvivesEndOfStack(TargetJdk jdk) throws Exception {
        try (TargetProcess target = TargetJvm.of(jdk, EndOfStack.class)
                .jvm("-XX:TieredStopAtLevel=4")
                .watched()
                .start()
                .expecting(AgentHealthChecks::checkWithErrors)) {
            target.awaitCheckpoint("fallen");
            checkThatAllIsWellAgain(target);
        }
    }

    /** Interpreted, because then none of the frames leaves room for a weaving. */
    @OnEveryJdk
    void classesLoadedAtEndOfStackGetHooksLater(TargetJdk jdk) throws Exception {
        try (TargetProcess target = TargetJvm.of(jdk, FirstAtEndOfStack.class)
                .jvm("-Xint")
                .watched()
                .start()) {
            target.awaitCheckpoint("loaded");
            assertThat(target.printed()).containsPattern("loaded all but [0-3]\n");
            Await.until(
                    "every hook of a loaded class",
                    () -> target.report().report().agent().hooks().stream()
                            .noneMatch(hook -> hook.state() == HookState.MISSING));
            checkThatAllIsWellAgain(target);
            assertThat(target.finish().err().lines())
                    .as("the JVM may say that it could not call any agent")
                    .allMatch(line -> line.contains("java.lang.instrument ASSERTION FAILED") || line.equals("true"));
        }
    }

    @OnEveryJdk
    void programSurvivesEndOfMemory(TargetJdk jdk) throws Exception {
        try (TargetProcess target = TargetJvm.of(jdk, FullHeap.class)
                .jvm("-Xmx20m")
                .watched()
                .start()
                .expecting(AgentHealthChecks::checkWithErrors)) {
            target.awaitCheckpoint("filled");
            assertThat(target.printed()).containsPattern("enough true\nenough true\n");
            checkThatAllIsWellAgain(target);
        }
    }

    /** What is opened from now on is tracked, and what was opened before is in the totals, one way or the other. */
    private static void checkThatAllIsWellAgain(TargetProcess target) throws Exception {
        target.proceedTo("open");
        QuietSnapshot moment = QuietSnapshot.moment(target);
        moment.checkTotalsAfterMissedEvents();
        assertThat(moment.report().openedIn(BlockingSockets.class, "<init>")).hasSize(5);
        assertThat(moment.report().openedIn(BlockingChannels.class, "<init>")).hasSize(3);
        assertThat(moment.report().openedIn(SelectedChannels.class, "<init>")).hasSize(3);
        assertThat(moment.report().openedIn(AdaptedChannels.class, "<init>")).hasSize(5);
        target.proceedTo("done");
    }

    private static Map<String, Fall> falls(TargetProcess target) {
        Map<String, Fall> falls = new LinkedHashMap<>();
        Matcher line = LINE.matcher(target.printed());
        while (line.find()) {
            falls.put(
                    line.group(1),
                    new Fall(
                            Integer.parseInt(line.group(2)),
                            Integer.parseInt(line.group(3)),
                            List.of(line.group(4).split(", ", -1))));
        }
        return falls;
    }
}
