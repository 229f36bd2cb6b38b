// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import org.jspecify.annotations.Nullable;

/**
 * How the file of the option {@code trace} fares.
 *
 * @param lines lines of events in it
 * @param dropped events that are not in it: more happened than the agent's thread may write
 * @param ended why nothing is written any more; null if the trace goes on
 */
public record TraceHealth(
        long lines, long dropped, @Nullable String ended) {}
