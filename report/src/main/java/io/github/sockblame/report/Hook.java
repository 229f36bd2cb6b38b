// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One method of the JDK or of a library that the agent hooks, and what became of it.
 *
 * @param method class and method, as {@code sun.nio.ch.Net.socket}
 * @param event what is seen there: open, accept, close, ...
 * @param state what became of it
 * @param detail why, if it is missing; else in how many class loaders, if in more than one
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
