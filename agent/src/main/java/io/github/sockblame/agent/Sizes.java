// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.report.Digits;
import org.jspecify.annotations.Nullable;

/** Parses sizes in the user's notation: {@code 500k}, {@code 100m}, {@code 2g}. */
final class Sizes {

    private static final String UNITS = "kmg";
    private static final int DIGITS = 6;

    private Sizes() {}

    /** The bytes; null if it is no size. A unit is 1024 times the one before. */
    static @Nullable Long parse(String text) {
        int end = text.length() - 1;
        int unit = end < 1 || end > DIGITS ? -1 : UNITS.indexOf(text.charAt(end));
        if (unit < 0) {
            return null;
        }
        long number = Digits.parse(text.substring(0, end), DIGITS, 10);
        return number < 0 ? null : (Long) (number << (10 * (unit + 1)));
    }
}
