// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One method of the JDK or of a library that the agent hooks, and the state of that hook.
 *
 * @param method class and method, as {@code sun.nio.ch.Net.socket}
 * @param event what the agent sees there: open, accept, close, ...
 * @param state the state of the hook
 * @param detail the reason if the hook is missing; otherwise the number of class loaders, if there is more than one
 */
public record Hook(
        String method,
        String event,
        HookState state,
        @Nullable String detail) {

    public Hook {
        requireNonNull(method, "method");
        requireNonNull(event, "event");
        requireNonNull(state, "state");
    }

    /** The state of all hooks in short: {@code complete}, {@code waiting}, or {@code degraded: } and the missing ones. */
    public static String statusOf(List<Hook> hooks) {
        StringBuilder missing = new StringBuilder();
        boolean waiting = false;
        for (Hook hook : hooks) {
            waiting |= hook.state() == HookState.WAITING;
            if (hook.state() == HookState.MISSING) {
                missing.append(missing.length() == 0 ? "degraded: " : ", ").append(hook.method());
            }
        }
        return missing.length() > 0 ? missing.toString() : waiting ? "waiting" : "complete";
    }
}
