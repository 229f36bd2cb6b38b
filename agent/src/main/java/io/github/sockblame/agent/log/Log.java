// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.log;

/** Lines on standard error. Silent unless something is wrong or the user asked to be told. */
public final class Log {

    private static final String PREFIX = "sockblame: ";

    private Log() {}

    /** Prints one line; a standard error that throws is the program's own affair and stops nothing. */
    public static void line(String text) {
        try {
            System.err.println(PREFIX.concat(text));
        } catch (Throwable t) {
            InternalErrors.total(t);
        }
    }
}
