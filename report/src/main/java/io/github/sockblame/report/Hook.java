// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static java.util.Objects.requireNonNull;

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
}
