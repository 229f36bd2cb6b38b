// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** The format of figures: grouped numbers, short durations, plurals. */
public final class TextFormat {

    private TextFormat() {}

    /** {@code 19,412}. */
    public static String number(long n) {
        return String.format(Locale.ROOT, "%,d", n);
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
            return String.format(Locale.ROOT, "%dm%02ds", minutes, seconds % 60);
        }
        if (minutes < 60) {
            return minutes + "m";
        }
        long hours = minutes / 60;
        if (hours < 24) {
            return String.format(Locale.ROOT, "%dh%02dm", hours, minutes % 60);
        }
        return String.format(Locale.ROOT, "%dd%02dh", hours / 24, hours % 24);
    }

    /** A share with one digit after the point, which is left out if it is 0: {@code 2 %}. */
    public static String share(double share) {
        long thousandths = Math.round(share * 1000);
        return thousandths / 10 + (thousandths % 10 == 0 ? "" : "." + thousandths % 10) + " %";
    }

    /** {@code 99 %}: the share of a part in a whole, rounded down, so that 100 % means all. */
    public static String percent(long part, long whole) {
        return whole <= 0 ? "?" : part * 100 / whole + " %";
    }
}
