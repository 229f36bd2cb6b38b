// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Parses durations as users write them. */
public final class ShortDuration {

    private static final int MAX_DIGITS = 9;

    private ShortDuration() {}

    /** {@code 500ms}, {@code 5s}, {@code 2m}, {@code 1h}; null for anything else. */
    public static @Nullable Duration parse(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        if (digits == 0 || digits > MAX_DIGITS) {
            return null;
        }
        long number = Long.parseLong(text.substring(0, digits));
        return switch (text.substring(digits)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> null;
        };
    }
}
