// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

/** Reads numbers that somebody else wrote, and takes nothing for one that has more than digits in it. */
public final class Digits {

    private Digits() {}

    /** From one to so many digits, without a sign; -1 if it is anything else. */
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
