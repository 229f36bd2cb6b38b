// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static java.util.Objects.requireNonNull;

/**
 * Why a report contains less than the request: the agent never takes the last memory of the program.
 *
 * @param detail what the report contains, less than {@link ReportDetail#WHOLE}
 * @param neededBytes the heap that the report with all parts would have taken, as estimated before it was made
 * @param freeBytes the heap that the agent could take then, as estimated
 */
public record Reduction(ReportDetail detail, long neededBytes, long freeBytes) {

    public Reduction {
        requireNonNull(detail, "detail");
    }
}
