// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.harness;

/** What became of a target. */
public enum Outcome {
    MET("met"),
    MISSED("missed"),
    /** Undecided: the target lies within their confidence interval. */
    UNSETTLED("unsettled"),
    /** There is no target: the row stands beside others. */
    BESIDE("-"),
    SKIPPED("SKIPPED"),
    FAILED("FAILED");

    private final String word;

    Outcome(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
