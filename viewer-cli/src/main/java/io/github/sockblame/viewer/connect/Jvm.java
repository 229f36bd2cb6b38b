// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static java.util.Objects.requireNonNull;

/**
 * A JVM of this machine, described without an attach.
 *
 * @param pid its process id
 * @param main its main class or the file name of its jar, without arguments, which may hold secrets; {@code -} if unknown
 */
public record Jvm(long pid, String main) {

    public Jvm {
        requireNonNull(main, "main");
    }

    /** Its name without package, and without the ending of a jar. */
    String simpleName() {
        String name = main.endsWith(".jar") ? main.substring(0, main.length() - ".jar".length()) : main;
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** A JVM from the command line that the JDK shows for it: main class or jar path, then the arguments. */
    static Jvm of(long pid, String commandLine) {
        String first = commandLine.strip();
        int space = first.indexOf(' ');
        if (space >= 0) {
            first = first.substring(0, space);
        }
        if (first.endsWith(".jar")) {
            first = first.substring(first.lastIndexOf('/') + 1);
        }
        return new Jvm(pid, first.isEmpty() ? "-" : first);
    }
}
