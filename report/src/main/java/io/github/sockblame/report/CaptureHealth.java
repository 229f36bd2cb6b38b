// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What the option {@code capture.budget} left out.
 *
 * @param budget the largest part of one core that the capture of stacks may use
 * @param skippedStacks how many sockets were opened without a captured stack since the agent began
 * @param firstSkippedAt when the first of them was opened
 * @param lastSkippedAt when the latest of them was opened
 */
public record CaptureHealth(double budget, long skippedStacks, Instant firstSkippedAt, Instant lastSkippedAt) {

    public CaptureHealth {
        requireNonNull(firstSkippedAt, "firstSkippedAt");
        requireNonNull(lastSkippedAt, "lastSkippedAt");
    }
}
