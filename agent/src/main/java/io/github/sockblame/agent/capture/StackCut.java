// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.capture;

import java.util.BitSet;

/** Selects the frames that a stack keeps if there is no memory for the whole stack. */
@FunctionalInterface
public interface StackCut {

    /**
     * Returns the indexes of the frames to keep, in a new set.
     *
     * @param frames a whole stack, innermost frame first
     */
    BitSet framesToKeep(StackTraceElement[] frames);
}
