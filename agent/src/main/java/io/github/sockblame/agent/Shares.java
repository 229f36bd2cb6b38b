// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.report.Digits;
import org.jspecify.annotations.Nullable;

/** Parses shares in the user's notation: {@code 2%}, {@code 0.5%}. */
final class Shares {

    private static final int DIGITS = 3;

    private Shares() {}

    /** The part of one, in steps of a thousandth; null if it is no share from 0.1 % to 100 %. */
    static @Nullable Double parse(String text) {
        if (!text.endsWith("%")) {
            return null;
        }
        int end = text.length() - 1;
        int point = text.indexOf('.');
        if (point >= 0 && point != end - 2) {
            return null; // one digit behind it
        }
        long whole = Digits.parse(text.substring(0, point < 0 ? end : point), DIGITS, 10);
        long tenths = point < 0 ? 0 : Digits.parse(text.substring(point + 1, end), 1, 10);
        long thousandths = whole * 10 + tenths;
        return whole < 0 || tenths < 0 || thousandths < 1 || thousandths > 1000
                ? null
                : (Double) (thousandths / 1000.0);
    }
}
