// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

/**
 * What {@code java -jar} calls. Compiled for Java 8, so that an older Java says in one line what is missing, and with the exit status of "could
 * not answer": else it would end with a stack trace and 1, which here means that leaks were found.
 */
public final class Main {

    private static final int OLDEST = 17;
    private static final int NO_ANSWER = 2;

    private Main() {}

    public static void main(String[] args) {
        String version = System.getProperty("java.specification.version", "0");
        if (version.startsWith("1.") || Integer.parseInt(version) < OLDEST) {
            System.err.println("sockblame: needs Java " + OLDEST + " or later and this is " + version + " ("
                    + System.getProperty("java.home") + "): name a JDK by JAVA_HOME or PATH");
            System.exit(NO_ANSWER);
        }
        System.exit(SockblameCommand.run(args));
    }
}
