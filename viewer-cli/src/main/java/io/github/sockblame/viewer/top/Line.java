// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.top;

import io.github.sockblame.report.SafeText;

/**
 * One line of the screen. The constructor makes its text safe for a terminal, because names in it come from the watched JVM.
 *
 * @param text the text
 * @param style the style, for terminals with colour
 */
record Line(String text, Style style) {

    /** The style of a line. No information is in the style alone. */
    enum Style {
        PLAIN,
        TITLE,
        SELECTED,
        LEAK,
        WARNING
    }

    Line {
        text = SafeText.of(text);
    }

    static Line of(String text) {
        return new Line(text, Style.PLAIN);
    }
}
