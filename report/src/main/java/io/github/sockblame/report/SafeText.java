// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

/** Makes text of unknown origin (thread names, class names, files) fit for one line of a terminal. */
public final class SafeText {

    private static final int LONGEST = 500;

    private SafeText() {}

    /**
     * Returns the text with {@code ?} for each control or format character and for each half of a character. A very
     * long text is cut at its end.
     */
    public static String of(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, wholeUpTo(text, LONGEST)) + "..." : text;
        StringBuilder clean = null;
        int c;
        for (int i = 0; i < cut.length(); i += Character.charCount(c)) {
            c = cut.codePointAt(i);
            boolean printable = isPrintable(c);
            if (clean == null && !printable) {
                clean = new StringBuilder(cut.length()).append(cut, 0, i);
            }
            if (clean != null) {
                clean.appendCodePoint(printable ? c : '?');
            }
        }
        return clean == null ? cut : clean.toString();
    }

    private static boolean isPrintable(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.SURROGATE;
    }

    private static int wholeUpTo(String text, int end) {
        return Character.isSurrogatePair(text.charAt(end - 1), text.charAt(end)) ? end - 1 : end;
    }
}
