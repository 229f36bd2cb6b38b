// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

/** Makes text of unknown origin (thread names, class names, files) fit for one line of a terminal. */
public final class Printable {

    private static final int LONGEST = 500;

    private Printable() {}

    /** The text with each control or format character replaced by {@code ?} and, if it is very long, cut at its end. */
    public static String of(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        StringBuilder clean = null;
        for (int i = 0; i < cut.length(); i++) {
            char c = cut.charAt(i);
            int type = Character.getType(c);
            if (type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR) {
                if (clean == null) {
                    clean = new StringBuilder(cut);
                }
                clean.setCharAt(i, '?');
            }
        }
        return clean == null ? cut : clean.toString();
    }
}
