// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

import io.github.sockblame.viewer.command.SockblameCommand;

/**
 * The main class of {@code java -jar}. Compiled for Java 8, so that an older Java prints one line and exits with the status of "could
 * not answer". Otherwise it would print a stack trace and exit with 1, which means that leaks were found.
 */
public final class Main {

    private static final int MIN_JAVA = 17;
    private static final int NO_ANSWER = 2;

    private Main() {}

    public static void main(String[] args) {
        String version = System.getProperty("java.specification.version", "0");
        if (version.startsWith("1.") || Integer.parseInt(version) < MIN_JAVA) {
            System.err.println("sockblame: needs Java " + MIN_JAVA + " or later and this is " + version + " ("
                    + System.getProperty("java.home") + "): set JAVA_HOME or PATH to a newer JDK");
            System.exit(NO_ANSWER);
        }
        System.exit(SockblameCommand.run(args));
    }
}
