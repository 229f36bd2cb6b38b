// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Parses durations in the user's notation. */
final class Durations {

    private Durations() {}

    /** {@code 500ms}, {@code 5s}, {@code 2m}, {@code 1h}; null for anything else. */
    static @Nullable Duration parse(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        if (digits == 0 || digits > 9) {
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
