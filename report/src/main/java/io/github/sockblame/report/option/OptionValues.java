// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.option;

import io.github.sockblame.report.ShortDuration;
import io.github.sockblame.report.net.Digits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of options in the user's notation. Each method throws an {@link IllegalArgumentException} for an
 * invalid value; its message is what the method expects.
 */
public final class OptionValues {

    private static final Duration MAX_DURATION = Duration.ofHours(24);
    private static final long MIN_SIZE = 1024;
    private static final String SIZE_UNITS = "kmg";
    private static final int MAX_SIZE_DIGITS = 6;
    private static final int MAX_PERCENTAGE_DIGITS = 3;

    private OptionValues() {}

    /** What a value of this option looks like, if this is none; null if it is one. */
    static @Nullable String expected(String key, String value) {
        try {
            check(key, value);
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    private static void check(String key, String value) {
        Object unused = switch (key) {
            case "verbose", "redact", "file.requests" -> parseBoolean(value);
            case "grace", "idle" -> parseDuration(value);
            case "app", "library" -> parsePackages(value);
            case "dump.dir" -> parseFolder(value);
            case "alert" -> AlertSyntax.parse(value);
            case "report.to" -> parseReportPattern(value);
            case "trace" -> parseFilePattern(value);
            case "trace.max", "stacks.max" -> parseSize(value);
            case "capture.budget" -> parsePercentage(value);
            case "include", "exclude" -> FilterSyntax.parse(value);
            default -> throw new IllegalArgumentException("another option");
        };
    }

    public static boolean parseBoolean(String value) {
        if (value.equals("true") || value.equals("false")) {
            return value.equals("true");
        }
        throw new IllegalArgumentException("true or false");
    }

    /** {@code 500ms}, {@code 5s}, {@code 2m}, {@code 1h}; at most 24 hours. */
    public static Duration parseDuration(String value) {
        Duration duration = ShortDuration.parse(value);
        if (duration == null || duration.compareTo(MAX_DURATION) > 0) {
            throw new IllegalArgumentException("a duration such as 500ms, 5s or 2m (at most 24h)");
        }
        return duration;
    }

    /** The bytes of {@code 500k}, {@code 100m}, {@code 2g}; a unit is 1024 times the one before. */
    public static long parseSize(String value) {
        int end = value.length() - 1;
        int unit = end < 1 || end > MAX_SIZE_DIGITS ? -1 : SIZE_UNITS.indexOf(value.charAt(end));
        int number = unit < 0 ? -1 : Digits.parse(value.substring(0, end), MAX_SIZE_DIGITS, 10);
        long bytes = number < 0 ? -1 : (long) number << (10 * (unit + 1));
        if (bytes < MIN_SIZE) {
            throw new IllegalArgumentException("a size such as 500k, 100m or 2g (at least 1k)");
        }
        return bytes;
    }

    /** The part of one for {@code 2%}, {@code 0.5%}: from 0.1 % to 100 %, in steps of a thousandth. */
    public static double parsePercentage(String value) {
        int thousandths = thousandths(value);
        if (thousandths < 1 || thousandths > 1000) {
            throw new IllegalArgumentException(
                    "a percentage of one core such as 2% or 0.5% (0.1% to 100%; 100% is no limit)");
        }
        return thousandths / 1000.0;
    }

    /** A percentage with at most one digit after the point; -1 if it is none. */
    private static int thousandths(String value) {
        int end = value.length() - 1;
        int point = value.indexOf('.');
        if (!value.endsWith("%") || (point >= 0 && point != end - 2)) {
            return -1;
        }
        int whole = Digits.parse(value.substring(0, point < 0 ? end : point), MAX_PERCENTAGE_DIGITS, 10);
        int tenths = point < 0 ? 0 : Digits.parse(value.substring(point + 1, end), 1, 10);
        return whole < 0 || tenths < 0 ? -1 : whole * 10 + tenths;
    }

    /** Packages with commas between them; a dot at the end of one is dropped. */
    public static List<String> parsePackages(String value) {
        List<String> packages = new ArrayList<>();
        for (String part : value.split(",", -1)) {
            String name = part.strip();
            name = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
            if (!PackageName.isValid(name)) {
                throw new IllegalArgumentException("packages with commas between them, such as com.acme,org.acme.pay");
            }
            packages.add(name);
        }
        return packages;
    }

    /** The name of a folder. It makes no path of it, because a program can replace the default file system. */
    public static String parseFolder(String value) {
        if (!isPath(value)) {
            throw new IllegalArgumentException("a folder");
        }
        return value;
    }

    /** The pattern of a file's name. */
    public static String parseFilePattern(String value) {
        if (!isPath(value) || value.endsWith("/")) {
            throw new IllegalArgumentException(
                    "a file such as /var/log/leaks-%p-%t.txt (%p is the process id, %t the time)");
        }
        return value;
    }

    /** The same for reports. The agent writes no page, so it has no name of one. */
    public static String parseReportPattern(String value) {
        String name = value.toLowerCase(Locale.ROOT);
        if (name.endsWith(".html") || name.endsWith(".htm")) {
            throw new IllegalArgumentException(
                    "a .json or .txt file, because only the viewer makes pages: sockblame report FILE.json -o FILE.html");
        }
        return parseFilePattern(value);
    }

    private static boolean isPath(String value) {
        return !value.isEmpty() && value.indexOf('\0') < 0;
    }
}
