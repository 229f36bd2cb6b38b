// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * One action of the program on a connection: when, in which thread, and from where.
 *
 * @param at when it happened, by the clock of the watched JVM
 * @param thread the thread's name; {@code virtual thread #N} for a nameless virtual thread
 * @param stack index into {@link Report#stacks()}
 */
public record Event(Instant at, String thread, int stack) {

    public Event {
        requireNonNull(at, "at");
        requireNonNull(thread, "thread");
    }
}
