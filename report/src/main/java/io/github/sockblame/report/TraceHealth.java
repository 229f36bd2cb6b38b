// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import org.jspecify.annotations.Nullable;

/**
 * The state of the file of the option {@code trace}.
 *
 * @param lines lines of events in it
 * @param dropped events that are missing in it, because there were more than the agent's thread may write
 * @param endReason why the agent no longer writes; null if the trace continues
 */
public record TraceHealth(
        long lines, long dropped, @Nullable String endReason) {}
