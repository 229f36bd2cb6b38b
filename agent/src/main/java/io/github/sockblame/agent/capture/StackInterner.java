// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.capture;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one copy of each stack for as long as a record names it.
 *
 * <p>Only the agent's own threads and those that request a report come here, never a thread of the program, so a
 * monitor does no harm.
 */
public final class StackInterner {

    private final Map<CallStack, WeakReference<CallStack>> stacks = new WeakHashMap<>();

    /** Returns the copy of this stack that is kept. */
    synchronized CallStack intern(CallStack stack) {
        WeakReference<CallStack> reference = stacks.get(stack);
        @Nullable CallStack known = reference == null ? null : reference.get();
        if (known != null) {
            return known;
        }
        stacks.put(stack, new WeakReference<>(stack));
        return stack;
    }

    synchronized int size() {
        return stacks.size();
    }
}
