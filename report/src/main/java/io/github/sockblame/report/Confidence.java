// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import java.util.Locale;

/** The certainty of a verdict. */
public enum Confidence {
    /** Both the kernel and the program's own calls prove it. */
    CERTAIN,
    /** The evidence has one usual reading, and this is it. */
    PROBABLE,
    /** It is worth a check; other readings are as likely. */
    POSSIBLE;

    /** Returns whether it is less certain than the other. */
    public boolean isLessThan(Confidence other) {
        return compareTo(other) > 0;
    }

    /** The word as it is printed. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
