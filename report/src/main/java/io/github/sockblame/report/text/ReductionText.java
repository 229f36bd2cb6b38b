// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import io.github.sockblame.report.Reduction;
import io.github.sockblame.report.Report;

/** What a reduced report leaves out, and why. */
public final class ReductionText {

    /** In place of the sites, if no socket was judged. */
    private static final String NO_MEMORY = "not judged: there was no memory to look for leaks";

    private static final double MEGABYTE = 1 << 20;

    private ReductionText() {}

    /** One line: what is left out, and the figures that were compared. */
    public static String of(Reduction reduction) {
        String content = switch (reduction.detail()) {
            case WHOLE -> "nothing is left out";
            case SUMMARY -> "the list of sockets is left out";
            case TOTALS -> "it has the kernel's counts only, and no socket is judged";
        };
        return "reduced report: " + content + "; the whole report needs about " + megabytes(reduction.neededBytes())
                + " MB of heap, " + megabytes(reduction.freeBytes()) + " MB are free";
    }

    private static String megabytes(long bytes) {
        double value = bytes / MEGABYTE;
        return value < 10 ? TextFormat.decimal(value) : TextFormat.number(Math.round(value));
    }

    /** The reason why the sockets of this report are not judged. */
    public static String notJudged(Report report) {
        return report.hasVerdicts() ? "not judged: " + withoutState(report) : NO_MEMORY;
    }

    /** The number of sockets without a state, as a sentence without an end. */
    public static String withoutState(Report report) {
        return "the kernel refused the state of " + TextFormat.count(report.socketsWithoutState(), "socket")
                + ", which may be leaked connections";
    }
}
