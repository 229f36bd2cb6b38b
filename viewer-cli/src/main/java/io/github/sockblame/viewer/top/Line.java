// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.top;

import io.github.sockblame.report.SafeText;

/**
 * One line of the screen. What it holds came from elsewhere and is made fit for a terminal here, so that no line can be forgotten.
 *
 * @param text what it says
 * @param style how it looks, where the terminal can and may
 */
record Line(String text, Style style) {

    /** How a line looks; none of it is told by its look alone. */
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
