// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.bench.harness;

import java.util.Locale;

/** Figures as they are printed, the same in every country. */
public final class Text {

    private Text() {}

    /** With so many digits behind the point, and commas between the thousands. */
    public static String number(double value, int digits) {
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
