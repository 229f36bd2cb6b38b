// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.options;

import io.github.sockblame.agent.alert.Trigger;
import io.github.sockblame.agent.alert.TriggerParser;
import io.github.sockblame.agent.culprit.PackageSet;
import io.github.sockblame.agent.diagnosis.ReportScope;
import io.github.sockblame.agent.file.JdkPaths;
import io.github.sockblame.report.ShortDuration;
import io.github.sockblame.report.net.Digits;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of options in the user's notation. Each method throws an {@link IllegalArgumentException} for an
 * invalid value; its message is what the method expects.
 */
final class OptionValues {

    private static final Duration MAX_DURATION = Duration.ofHours(24);
    private static final long MIN_SIZE = 1024;
    private static final String SIZE_UNITS = "kmg";
    private static final int MAX_SIZE_DIGITS = 6;
    private static final int MAX_PERCENTAGE_DIGITS = 3;

    private OptionValues() {}

    static boolean parseBoolean(String value) {
        if (value.equals("true") || value.equals("false")) {
            return value.equals("true");
        }
        throw new IllegalArgumentException("true or false");
    }

    /** {@code 500ms}, {@code 5s}, {@code 2m}, {@code 1h}; at most 24 hours. */
    static Duration parseDuration(String value) {
        Duration duration = ShortDuration.parse(value);
        if (duration == null || duration.compareTo(MAX_DURATION) > 0) {
            throw new IllegalArgumentException("a duration such as 500ms, 5s or 2m (at most 24h)");
        }
        return duration;
    }

    /** The bytes of {@code 500k}, {@code 100m}, {@code 2g}; a unit is 1024 times the one before. */
    static long parseSize(String value) {
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
    static double parsePercentage(String value) {
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
    static List<String> parsePackages(String value) {
        List<String> packages = new ArrayList<>();
        for (String part : value.split(",", -1)) {
            String name = part.strip();
            name = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
            if (!PackageSet.isName(name)) {
                throw new IllegalArgumentException("packages with commas between them, such as com.acme,org.acme.pay");
            }
            packages.add(name);
        }
        return packages;
    }

    static Path parseFolder(String value) {
        Path folder = value.isEmpty() ? null : pathOrNull(value);
        if (folder == null) {
            throw new IllegalArgumentException("a folder");
        }
        return folder;
    }

    /** The pattern of a file's name. */
    static String parseFilePattern(String value) {
        Path file = value.isEmpty() || value.endsWith("/") ? null : pathOrNull(value);
        if (file == null || file.getFileName() == null) {
            throw new IllegalArgumentException(
                    "a file such as /var/log/leaks-%p-%t.txt (%p is the process id, %t the time)");
        }
        return value;
    }

    private static @Nullable Path pathOrNull(String value) {
        try {
            return JdkPaths.of(value);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    /** Conditions for alerts; the word {@code none} is the empty list. */
    static List<Trigger> parseAlerts(String value) {
        List<Trigger> triggers = TriggerParser.parse(value);
        if (triggers == null) {
            String present = TriggerParser.presentSpelling(value);
            throw new IllegalArgumentException(
                    present == null
                            ? "none, or conditions such as fds>=90%;site-leaks>=100;age>=10m;close-wait>=500;exit"
                            : "the present spelling " + present);
        }
        return triggers;
    }

    /** Adds the filters of {@code include} to a scope. */
    static ReportScope parseIncluded(String value, ReportScope scope) {
        return validScope(scope.including(value));
    }

    /** Adds the filters of {@code exclude} to a scope. */
    static ReportScope parseExcluded(String value, ReportScope scope) {
        return validScope(scope.excluding(value));
    }

    private static ReportScope validScope(@Nullable ReportScope scope) {
        if (scope == null) {
            throw new IllegalArgumentException("filters such as com.acme.pay;:8080;10.0.0.0/8;2001:db8::1");
        }
        return scope;
    }
}
