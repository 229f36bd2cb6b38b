// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.culprit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.capture.CallStack;
import io.github.sockblame.agent.capture.CutStacks;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.OmittedFrames;
import io.github.sockblame.report.Stack;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeepStackCutTest {

    private static final int DEPTH = 700;

    private final CulpritFinder culprits = CulpritFinders.withKnownLibraries();

    @Test
    void innermostAndOutermostFramesStay() {
        Stack cut = cut(deep("com.acme.rule.Engine"));

        assertThat(cut.frames()).startsWith(frame("sun.nio.ch.Net", 0), frame("com.acme.rule.Engine", 1));
        assertThat(cut.frames()).endsWith(frame("com.acme.rule.Engine", DEPTH - 1));
        int left = DeepStackCut.LEAST_INNERMOST + DeepStackCut.OUTERMOST;
        assertThat(cut.frames()).hasSize(left);
        assertThat(cut.omitted()).containsExactly(new OmittedFrames(DeepStackCut.LEAST_INNERMOST, DEPTH - left));
    }

    @Test
    void allFramesDownToTheCulpritStayWithItsCallers() {
        List<StackTraceElement> frames = deep("com.acme.rule.Engine");
        for (int i = 0; i < 40; i++) {
            frames.set(i, element("java.net.Socket", i));
        }
        Stack cut = cut(frames);

        assertThat(cut.culprit()).isEqualTo(40);
        assertThat(cut.frames().subList(0, 46)).isEqualTo(whole(frames).frames().subList(0, 46));
        assertThat(cut.gapBefore(46)).isNotNull();
    }

    @Test
    void aCulpritFarOutStaysWithItsCallers() {
        List<StackTraceElement> frames = deep("java.util.stream.Pipeline");
        frames.set(300, element("com.acme.Main", 300));
        Stack cut = cut(frames);

        assertThat(cut.culpritFrame()).isEqualTo(frame("com.acme.Main", 300));
        assertThat(cut.frames())
                .hasSize(DeepStackCut.MOST_INNERMOST + 1 + DeepStackCut.CALLERS + DeepStackCut.OUTERMOST);
        assertThat(cut.omittedFrom(0) + cut.frames().size()).isEqualTo(DEPTH);
    }

    @Test
    void theInnermostFrameOfALibraryStays() {
        List<StackTraceElement> frames = deep("java.util.stream.Pipeline");
        frames.set(200, element("org.apache.http.Inner", 200));
        frames.set(300, element("org.apache.http.Inner", 300));
        Stack cut = cut(frames);

        assertThat(cut.culprit()).isEqualTo(-1);
        assertThat(cut.culpritOrEntryFrame()).isEqualTo(frame("org.apache.http.Inner", 200));
    }

    @Test
    void theLibraryThroughWhichTheCulpritWentStays() {
        List<StackTraceElement> frames = deep("java.util.stream.Pipeline");
        frames.set(200, element("org.apache.http.Inner", 200));
        frames.set(210, element("org.apache.http.Inner", 210));
        frames.set(300, element("com.acme.Main", 300));
        Stack cut = cut(frames);

        assertThat(cut.culpritFrame()).isEqualTo(frame("com.acme.Main", 300));
        assertThat(cut.throughFrame()).isEqualTo(frame("org.apache.http.Inner", 200));
    }

    @Test
    void aFrameOfAPoolAndOfEachOtherPackageStays() {
        List<StackTraceElement> frames = deep("com.acme.rule.Engine");
        frames.set(333, element("com.zaxxer.hikari.pool.HikariPool", 333));
        frames.set(334, element("com.zaxxer.hikari.pool.HikariPool", 334));
        frames.set(444, element("com.acme.web.Page", 444));
        CallStack cut = CutStacks.cut(frames, new DeepStackCut(culprits));

        assertThat(culprits.hasPoolFrame(cut.frames())).isTrue();
        Stack reported = culprits.toStack(cut);
        assertThat(reported.frames())
                .contains(frame("com.zaxxer.hikari.pool.HikariPool", 333), frame("com.acme.web.Page", 444))
                .doesNotContain(frame("com.zaxxer.hikari.pool.HikariPool", 334));
        assertThat(reported.omitted())
                .extracting(OmittedFrames::count)
                .containsExactly(333 - 20, 444 - 334, DEPTH - 20 - 445);
    }

    @Test
    void theNumberOfPackagesHasALimit() {
        List<StackTraceElement> frames = deep("com.acme.rule.Engine");
        for (int i = 100; i < 600; i++) {
            frames.set(i, element("com.acme.p" + i + ".Page", i));
        }

        assertThat(cut(frames).frames())
                .hasSize(DeepStackCut.LEAST_INNERMOST + DeepStackCut.OUTERMOST + DeepStackCut.MOST_PACKAGES);
    }

    @Test
    void theAgentsOwnFramesDoNotCountAndAreNotReported() {
        List<StackTraceElement> frames = deep("com.acme.rule.Engine");
        frames.add(0, element("io.github.sockblame.agent.ledger.Ledger", -1));
        Stack cut = cut(frames);

        assertThat(cut.frames().get(0)).isEqualTo(frame("sun.nio.ch.Net", 0));
        assertThat(cut.omitted())
                .containsExactly(new OmittedFrames(
                        DeepStackCut.LEAST_INNERMOST, DEPTH - DeepStackCut.LEAST_INNERMOST - DeepStackCut.OUTERMOST));
    }

    private Stack cut(List<StackTraceElement> frames) {
        return culprits.toStack(CutStacks.cut(frames, new DeepStackCut(culprits)));
    }

    private Stack whole(List<StackTraceElement> frames) {
        return culprits.toStack(CallStack.of(frames.toArray(new StackTraceElement[0])));
    }

    private static List<StackTraceElement> deep(String className) {
        List<StackTraceElement> frames = new ArrayList<>();
        frames.add(element("sun.nio.ch.Net", 0));
        for (int i = 1; i < DEPTH; i++) {
            frames.add(element(className, i));
        }
        return frames;
    }

    private static StackTraceElement element(String className, int line) {
        return new StackTraceElement(className, "call", null, Math.max(1, line));
    }

    private static Frame frame(String className, int line) {
        return Frame.of(element(className, line));
    }
}
