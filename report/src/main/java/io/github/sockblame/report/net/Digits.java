// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.net;

/** Reads numbers from foreign input; a text with anything but digits is no number. */
public final class Digits {

    private Digits() {}

    /** Returns the value of a text of 1 to {@code digits} digits without a sign; -1 for any other text. */
    public static int parse(String text, int digits, int radix) {
        if (text.isEmpty() || text.length() > digits) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = c < 128 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }
}
