// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

import io.github.sockblame.report.text.TextStyle;
import java.util.function.BooleanSupplier;

/** How a verb prints: what the terminal allows, and what the user wants of it. */
final class OutputStyle {

    private final Terminal terminal;
    private final BooleanSupplier noColour;

    /** The wish is asked for late: it is known when the command line is read. */
    OutputStyle(Terminal terminal, BooleanSupplier noColour) {
        this.terminal = terminal;
        this.noColour = noColour;
    }

    TextStyle look() {
        return look(new WideOption());
    }

    TextStyle look(WideOption wideOption) {
        return terminal.look(!noColour.getAsBoolean(), wideOption.isWanted());
    }
}
