// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument;

import java.lang.instrument.UnmodifiableClassException;

/** Hooks that can be woven again after a failure. */
public interface RetryableHooks {

    /**
     * Weaves the classes again whose weaving failed at their load. A first weaving may have reached the end of the
     * stack or of memory on the program's thread, or the JVM may not even have called the transformer.
     *
     * @return whether no class is left; a class that is still being defined on the program's thread cannot be woven yet
     */
    boolean retry() throws UnmodifiableClassException;
}
