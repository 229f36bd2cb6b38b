// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.harness;

/**
 * One line of the table.
 *
 * @param what what was measured
 * @param target what it should be
 * @param result the median over the rounds
 * @param spread the smallest and the largest, or the confidence interval
 * @param beside the floor and the absolute figure
 */
public record Row(String what, String target, String result, String spread, String beside, Outcome outcome) {

    /** The median decides. */
    public static Row of(String what, BenchTarget benchTarget, Sample sample, String beside) {
        double median = sample.median();
        String spread = sample.size() == 1
                ? "1 round"
                : Text.number(sample.min(), benchTarget.digits()) + ".."
                        + Text.number(sample.max(), benchTarget.digits());
        return new Row(what, benchTarget.text(), benchTarget.text(median), spread, beside, benchTarget.of(median));
    }

    /** The confidence interval decides. */
    public static Row ofConfidence(String what, BenchTarget benchTarget, Sample sample, String beside) {
        Sample.Interval interval = sample.confidence();
        String spread = sample.size() == 1
                ? "1 round"
                : Text.number(interval.low(), benchTarget.digits() + 1) + ".."
                        + Text.number(interval.high(), benchTarget.digits() + 1) + " 95%";
        String result = Text.number(sample.median(), benchTarget.digits() + 1) + benchTarget.unit();
        return new Row(what, benchTarget.text(), result, spread, beside, benchTarget.of(interval));
    }

    public static Row skipped(String what, String why) {
        return new Row(what, "-", "-", "-", why, Outcome.SKIPPED);
    }

    public static Row failed(String what, String why) {
        return new Row(what, "-", "-", "-", why, Outcome.FAILED);
    }
}
