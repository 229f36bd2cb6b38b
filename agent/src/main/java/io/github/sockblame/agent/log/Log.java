// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.log;

/** Lines on standard error. Silent unless there is a problem or the user set {@code verbose}. */
public final class Log {

    private static final String PREFIX = "sockblame: ";

    private Log() {}

    /** Prints one line. A standard error that throws is the program's problem and has no effect here. */
    public static void line(String text) {
        try {
            System.err.println(PREFIX.concat(text));
        } catch (Throwable t) {
            InternalErrors.count(t);
        }
    }
}
