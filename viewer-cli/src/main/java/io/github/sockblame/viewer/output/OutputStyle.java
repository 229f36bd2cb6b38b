// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.output;

import io.github.sockblame.report.text.TextStyle;
import java.util.function.BooleanSupplier;

/** The style of the output: what the terminal supports and the options allow. */
public final class OutputStyle {

    private final Terminal terminal;
    private final BooleanSupplier noColour;

    /** {@code noColour} is evaluated late, after the command line is parsed. */
    public OutputStyle(Terminal terminal, BooleanSupplier noColour) {
        this.terminal = terminal;
        this.noColour = noColour;
    }

    public TextStyle textStyle() {
        return textStyle(false);
    }

    public TextStyle textStyle(boolean wide) {
        return terminal.textStyle(!noColour.getAsBoolean(), wide);
    }
}
