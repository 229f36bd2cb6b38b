// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import java.util.Locale;

/** How sure a verdict is. */
public enum Confidence {
    /** Both the kernel and the program's own calls say so. */
    CERTAIN,
    /** The evidence has one usual reading, and this is it. */
    PROBABLE,
    /** Worth a look; other readings are as likely. */
    POSSIBLE;

    /** Whether it is less sure than the other. */
    public boolean isLessThan(Confidence other) {
        return compareTo(other) > 0;
    }

    /** The word as it is printed. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
