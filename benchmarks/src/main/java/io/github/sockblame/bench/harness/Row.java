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
    public static Row of(String what, Target target, Sample sample, String beside) {
        double median = sample.median();
        String spread = sample.size() == 1
                ? "1 round"
                : Text.number(sample.min(), target.digits()) + ".." + Text.number(sample.max(), target.digits());
        return new Row(what, target.text(), target.text(median), spread, beside, target.of(median));
    }

    /** The confidence interval decides. */
    public static Row ofConfidence(String what, Target target, Sample sample, String beside) {
        Sample.Interval interval = sample.confidence();
        String spread = sample.size() == 1
                ? "1 round"
                : Text.number(interval.low(), target.digits() + 1) + ".."
                        + Text.number(interval.high(), target.digits() + 1) + " 95%";
        String result = Text.number(sample.median(), target.digits() + 1) + target.unit();
        return new Row(what, target.text(), result, spread, beside, target.of(interval));
    }

    public static Row skipped(String what, String why) {
        return new Row(what, "-", "-", "-", why, Outcome.SKIPPED);
    }

    public static Row failed(String what, String why) {
        return new Row(what, "-", "-", "-", why, Outcome.FAILED);
    }
}
