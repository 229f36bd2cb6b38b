// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.top;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A series of values as a line of characters of different heights; a blank for a missing value. */
final class Sparkline {

    private static final String BLOCKS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";
    private static final String ASCII = "_.-:=+*#";

    private Sparkline() {}

    /**
     * The line.
     *
     * @param blocks whether the terminal can show block characters; else the line is ASCII
     */
    static String of(List<@Nullable Integer> values, boolean blocks) {
        String levels = blocks ? BLOCKS : ASCII;
        long most = 1;
        for (Integer value : values) {
            most = Math.max(most, value == null ? 0 : value);
        }
        StringBuilder line = new StringBuilder();
        for (Integer value : values) {
            line.append(value == null ? ' ' : levels.charAt(level(value, most, levels.length() - 1)));
        }
        return line.toString();
    }

    /** Only 0 has the lowest level, so that one leak among a thousand is visible. */
    private static int level(int value, long most, int highest) {
        return value <= 0 ? 0 : 1 + (int) (((long) value * highest - 1) / most);
    }
}
