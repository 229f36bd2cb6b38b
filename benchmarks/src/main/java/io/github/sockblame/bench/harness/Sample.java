// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.harness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/** Figures of one kind, one from each round, in the order of the rounds. */
public final class Sample {

    /** Student's t, two-sided 95 %, by degrees of freedom; beyond the table the next smaller row stands, which is the wider interval. */
    private static final int[] DEGREES = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 30, 60};

    private static final double[] STUDENT_T = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.179, 2.131, 2.086, 2.042, 2.000
    };

    private final double[] values;

    private Sample(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no figure");
        }
        this.values = values;
    }

    public static Sample of(double... values) {
        return new Sample(values.clone());
    }

    public static Sample of(List<Double> values) {
        return new Sample(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    public int size() {
        return values.length;
    }

    /** The middle one, or the mean of the two in the middle. */
    public double median() {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public double min() {
        return Arrays.stream(values).min().orElseThrow();
    }

    public double max() {
        return Arrays.stream(values).max().orElseThrow();
    }

    /** Each figure over the one of the same round: a machine whose speed drifts is the same for both. */
    public Sample over(Sample floor) {
        return pairedWith(floor, (value, below) -> value / below);
    }

    /** Each figure without the one of the same round. */
    public Sample minus(Sample floor) {
        return pairedWith(floor, (value, below) -> value - below);
    }

    private Sample pairedWith(Sample other, DoubleBinaryOperator operator) {
        if (other.values.length != values.length) {
            throw new IllegalArgumentException(values.length + " rounds against " + other.values.length);
        }
        double[] results = new double[values.length];
        for (int i = 0; i < results.length; i++) {
            results[i] = operator.applyAsDouble(values[i], other.values[i]);
        }
        return new Sample(results);
    }

    public Sample times(double factor) {
        return new Sample(Arrays.stream(values).map(value -> value * factor).toArray());
    }

    /** The 95 % confidence interval of the geometric mean, as ratios ask for it; of one figure it is everything. */
    public Interval confidence() {
        int n = values.length;
        if (n < 2) {
            return new Interval(0, Double.POSITIVE_INFINITY);
        }
        double[] logs = Arrays.stream(values).map(Math::log).toArray();
        double mean = Arrays.stream(logs).average().orElseThrow();
        double squares =
                Arrays.stream(logs).map(log -> (log - mean) * (log - mean)).sum();
        double half = studentT(n - 1) * Math.sqrt(squares / (n - 1) / n);
        return new Interval(Math.exp(mean - half), Math.exp(mean + half));
    }

    private static double studentT(int degrees) {
        int row = 0;
        while (row + 1 < DEGREES.length && DEGREES[row + 1] <= degrees) {
            row++;
        }
        return STUDENT_T[row];
    }

    /** A range of ratios. */
    public record Interval(double low, double high) {}

    /** Collects the figures of a sample round by round. */
    public static final class Builder {
        private final List<Double> collected = new ArrayList<>();

        public void add(double value) {
            collected.add(value);
        }

        public Sample sample() {
            return of(collected);
        }
    }
}
