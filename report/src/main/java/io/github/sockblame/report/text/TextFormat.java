// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import java.time.Duration;
import java.time.Instant;

/**
 * The format of figures: grouped numbers, short durations, plurals. It does not use {@link java.util.Formatter}, which
 * loads 150 classes and allocates a megabyte at its first use, in the program's JVM.
 */
public final class TextFormat {

    private static final long KILOBYTE = 1024;
    private static final long MEGABYTE = 1024 * KILOBYTE;

    private TextFormat() {}

    /** {@code 19,412}. */
    public static String number(long n) {
        StringBuilder grouped = new StringBuilder(20).append(n);
        int first = n < 0 ? 1 : 0;
        for (int at = grouped.length() - 3; at > first; at -= 3) {
            grouped.insert(at, ',');
        }
        return grouped.toString();
    }

    /** {@code +51}, {@code -3}, {@code +0}. */
    public static String signed(long n) {
        return (n < 0 ? "" : "+") + number(n);
    }

    /** {@code 1 connection}, {@code 19,104 connections}. */
    public static String count(long n, String noun) {
        return count(n, noun, noun + "s");
    }

    /** {@code 1 entry}, {@code 2 entries}. */
    public static String count(long n, String noun, String plural) {
        return number(n) + " " + (n == 1 ? noun : plural);
    }

    /** The time from one instant to a later one, see {@link #duration}; a negative time is {@code 0s}. */
    public static String between(Instant from, Instant to) {
        return duration(Duration.between(from, to));
    }

    /** At most two units: {@code 42s}, {@code 11m}, {@code 6h02m}, {@code 3d04h}. */
    public static String duration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + "s";
        }
        long minutes = seconds / 60;
        if (minutes < 10) {
            return minutes + "m" + twoDigits(seconds % 60) + "s";
        }
        if (minutes < 60) {
            return minutes + "m";
        }
        long hours = minutes / 60;
        if (hours < 24) {
            return hours + "h" + twoDigits(minutes % 60) + "m";
        }
        return hours / 24 + "d" + twoDigits(hours % 24) + "h";
    }

    /** The same with milliseconds below a second: {@code 200ms}; at least one, because no time is shorter than 0. */
    public static String shortDuration(Duration duration) {
        long millis = Math.max(1, duration.toMillis());
        return millis < 1000 ? millis + "ms" : duration(duration);
    }

    /** {@code 07}: with leading zeros up to so many digits; the number is not negative. */
    static String padded(long n, int digits) {
        String text = Long.toString(n);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }

    private static String twoDigits(long n) {
        return padded(n, 2);
    }

    /** {@code 0.5}, {@code 1,204.0}: zero or a positive number, with one digit after the point. */
    public static String decimal(double n) {
        long tenths = Math.round(n * 10);
        return number(tenths / 10) + "." + tenths % 10;
    }

    /** A share with one digit after the point, which is left out if it is 0: {@code 2 %}. */
    public static String share(double share) {
        long thousandths = Math.round(share * 1000);
        return thousandths / 10 + (thousandths % 10 == 0 ? "" : "." + thousandths % 10) + " %";
    }

    /** {@code 512 KB}, {@code 10 MB}, {@code 1.5 MB}: a size in memory; a unit is 1024 times the one before. */
    public static String size(long bytes) {
        if (bytes < MEGABYTE) {
            return number(bytes / KILOBYTE) + " KB";
        }
        long tenths = bytes * 10 / MEGABYTE;
        return number(tenths / 10) + (tenths % 10 == 0 ? "" : "." + tenths % 10) + " MB";
    }

    /** {@code 99 %}: the share of a part in a whole, rounded down, so that 100 % means all. */
    public static String percent(long part, long whole) {
        return whole <= 0 ? "?" : part * 100 / whole + " %";
    }
}
