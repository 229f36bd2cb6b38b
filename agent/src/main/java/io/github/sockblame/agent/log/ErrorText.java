// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.log;

/**
 * The words of an error. A class of the program may override {@code toString}, which may never return. So this calls
 * it only for errors of the JDK and of the agent. Any other error is printed as the name of its class.
 */
public final class ErrorText {

    private static final String AGENT = "io.github.sockblame.";

    private ErrorText() {}

    /** The class and the message, or the class alone; also when there is no memory or no stack left for the message. */
    public static String of(Throwable error) {
        Class<?> type = error.getClass();
        if (!isOfJdk(type) && !type.getName().startsWith(AGENT)) {
            return type.getName();
        }
        try {
            return error.toString();
        } catch (Throwable again) {
            return type.getName();
        }
    }

    /** The boot loader also has the class path of {@code -Xbootclasspath/a}, in a module without a name. */
    private static boolean isOfJdk(Class<?> type) {
        return type.getClassLoader() == null && type.getModule().isNamed();
    }
}
