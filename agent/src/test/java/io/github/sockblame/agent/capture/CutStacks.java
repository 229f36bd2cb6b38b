// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.capture;

import java.util.List;

/** Cuts stacks for tests of other packages. */
public final class CutStacks {

    private CutStacks() {}

    /** The stack of these frames, as this rule leaves it. */
    public static CallStack cut(List<StackTraceElement> frames, StackCut rule) {
        StackTraceElement[] array = frames.toArray(new StackTraceElement[0]);
        return new CallStack(array).keeping(rule.framesToKeep(array));
    }
}
