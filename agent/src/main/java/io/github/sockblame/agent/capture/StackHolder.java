// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.capture;

import java.util.function.Consumer;

/** A part of the agent that keeps events with their stacks for longer than one round. */
@FunctionalInterface
public interface StackHolder {

    /** Passes each event that it keeps to this visitor, some of them perhaps more than once. */
    void visitEvents(Consumer<CapturedEvent> visitor);
}
