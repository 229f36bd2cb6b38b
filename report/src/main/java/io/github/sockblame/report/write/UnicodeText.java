// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.write;

/** Makes text of chars that may not be text: the name of a thread can have half a surrogate pair. UTF-8 has no bytes for that. */
final class UnicodeText {

    private static final char REPLACEMENT = '\ufffd';

    private UnicodeText() {}

    /** Returns the text with a replacement character for each half of a surrogate pair; nearly always the same object. */
    static String of(String chars) {
        for (int i = 0; i < chars.length(); i++) {
            if (isHalf(chars, i)) {
                return replaceHalves(chars);
            }
        }
        return chars;
    }

    private static String replaceHalves(String chars) {
        char[] replaced = chars.toCharArray();
        for (int i = 0; i < replaced.length; i++) {
            if (isHalf(chars, i)) {
                replaced[i] = REPLACEMENT;
            }
        }
        return new String(replaced);
    }

    private static boolean isHalf(String chars, int i) {
        char c = chars.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == chars.length() || !Character.isLowSurrogate(chars.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(chars.charAt(i - 1)));
    }
}
