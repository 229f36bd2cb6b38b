// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import io.github.sockblame.report.text.Ellipsis;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Finds the name of a JVM in its command line: the main class, the module or the file name of the jar. The arguments of the program may hold
 * secrets, so no other word is taken.
 */
final class JvmName {

    /** In place of a name. */
    static final String UNKNOWN = "-";

    /** The longest name, in characters, because a process can have any command line. */
    private static final int MAX_LENGTH = 200;

    /** The options of {@code java} whose value is the next word. */
    private static final Set<String> WITH_VALUE = Set.of(
            "-cp",
            "-classpath",
            "--class-path",
            "-p",
            "--module-path",
            "--upgrade-module-path",
            "--add-modules",
            "--limit-modules",
            "--add-exports",
            "--add-opens",
            "--add-reads",
            "--patch-module",
            "--enable-native-access",
            "--source");

    private static final Set<String> MODULE = Set.of("-m", "--module");

    private JvmName() {}

    /** The name of a JVM with this command line; of a launcher other than {@code java}, the name of that program. */
    static String of(List<String> commandLine) {
        String program = fileName(commandLine.get(0));
        String name = program.equals("java") || program.equals("javaw")
                ? ofJava(commandLine.subList(1, commandLine.size()))
                : program;
        return name.isBlank() ? UNKNOWN : Ellipsis.shorten(name, MAX_LENGTH);
    }

    private static String ofJava(List<String> words) {
        boolean inFile = false;
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            if (word.equals("-jar")) {
                return rest.hasNext() ? fileName(rest.next()) : UNKNOWN;
            }
            if (MODULE.contains(word)) {
                return rest.hasNext() ? rest.next() : UNKNOWN;
            }
            if (word.startsWith("--module=")) {
                return word.substring("--module=".length());
            }
            if (word.startsWith("@")) {
                inFile = true; // it may have the main class, and then the next words are arguments of the program
            } else if (WITH_VALUE.contains(word)) {
                if (rest.hasNext()) {
                    String unused = rest.next();
                }
            } else if (!word.startsWith("-")) {
                return inFile ? UNKNOWN : mainClass(word);
            }
        }
        return UNKNOWN;
    }

    /** A main class, or the file of a program that {@code java} runs from its source. */
    private static String mainClass(String word) {
        return word.endsWith(".java") ? fileName(word) : word;
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
