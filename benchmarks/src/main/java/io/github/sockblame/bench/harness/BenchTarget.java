// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.harness;

/**
 * What a figure should be.
 *
 * @param limit the last value that meets it
 * @param atMost whether less is better
 * @param unit what is printed behind figures
 * @param digits how many digits are printed behind the point
 */
public record BenchTarget(double limit, boolean atMost, String unit, int digits) {

    /** A ratio of costs. */
    public static BenchTarget atMostTimes(double limit) {
        return new BenchTarget(limit, true, "x", 2);
    }

    /** A ratio of throughput. */
    public static BenchTarget atLeastTimes(double limit) {
        return new BenchTarget(limit, false, "x", 2);
    }

    /** A figure with a unit. */
    public static BenchTarget atMost(double limit, String unit, int digits) {
        return new BenchTarget(limit, true, unit, digits);
    }

    /** No target: the figure, a ratio, stands beside others. */
    public static BenchTarget none() {
        return none("x", 2);
    }

    /** No target, for a figure with a unit. */
    public static BenchTarget none(String unit, int digits) {
        return new BenchTarget(Double.NaN, true, unit, digits);
    }

    private boolean exists() {
        return !Double.isNaN(limit);
    }

    Outcome of(double value) {
        if (!exists()) {
            return Outcome.BESIDE;
        }
        return (atMost ? value <= limit : value >= limit) ? Outcome.MET : Outcome.MISSED;
    }

    /** The outcome needs the whole interval on one side of the target. */
    Outcome of(Sample.Interval interval) {
        Outcome low = of(interval.low());
        return low == of(interval.high()) ? low : Outcome.UNSETTLED;
    }

    String text() {
        return exists() ? (atMost ? "<= " : ">= ") + text(limit) : "-";
    }

    String text(double value) {
        return Text.number(value, digits) + unit;
    }
}
