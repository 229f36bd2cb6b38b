// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.memory;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The limit of the JVM's metaspace, where the classes are. The JVM acts on a lack of it as on a lack of heap, before any
 * {@code catch}, so the agent checks the limit before it loads its classes.
 *
 * <p>The options are read from {@code /proc/self/cmdline} and from the variables that the JVM reads, because
 * java.management may be absent, and would load classes itself. An option in a file that the command line names is not
 * seen.
 */
public final class MetaspaceLimit {

    private static final String METASPACE = "-XX:MaxMetaspaceSize=";
    private static final String CLASS_SPACE = "-XX:CompressedClassSpaceSize=";

    /**
     * What a small program takes with the agent and a report over JMX: 8.4 MB were measured on JDK 17. The JDK's part of
     * that is 2.9 MB.
     */
    static final long NEEDED_METASPACE = 12L << 20;

    /** The part of it that is in the compressed class space: 850 KB were measured. */
    static final long NEEDED_CLASS_SPACE = 900L << 10;

    /** A rough figure for the metaspace of a class of the program: those of the JDK's archive take nothing. */
    private static final long CLASS_BYTES = 6 << 10;

    private static final long CLASS_SPACE_BYTES = 700;

    /** Options of the launcher whose value is the next argument. */
    private static final Set<String> WITH_VALUE = Set.of(
            "-cp",
            "-classpath",
            "--class-path",
            "-p",
            "--module-path",
            "--upgrade-module-path",
            "--add-modules",
            "--add-reads",
            "--add-exports",
            "--add-opens",
            "--limit-modules",
            "--patch-module",
            "--enable-native-access");

    private MetaspaceLimit() {}

    /**
     * Returns why the agent must not load its classes here; null if it may.
     *
     * @param instrumentation counts the classes that the program has loaded so far. It is used only if there is a limit,
     *     because with {@code -Xcheck:jni} JDK 17 warns of its own code there.
     */
    public static @Nullable String obstacle(Instrumentation instrumentation) {
        List<String> options = new ArrayList<>();
        addWords(options, System.getenv("JAVA_TOOL_OPTIONS"));
        addWords(options, System.getenv("JDK_JAVA_OPTIONS"));
        // no channel: the first one of a JVM of 17 makes a socket of its own
        try (InputStream commandLine = new FileInputStream("/proc/self/cmdline")) {
            options.addAll(ofCommandLine(new String(commandLine.readAllBytes(), StandardCharsets.ISO_8859_1)));
        } catch (IOException | RuntimeException e) {
            return null; // without /proc there is nothing to go by
        }
        addWords(options, System.getenv("_JAVA_OPTIONS"));
        return hasLimit(options)
                ? obstacle(options, instrumentation.getInitiatedClasses(ClassLoader.getSystemClassLoader()).length)
                : null;
    }

    private static boolean hasLimit(List<String> options) {
        for (String option : options) {
            if (option.startsWith(METASPACE) || option.startsWith(CLASS_SPACE)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The same for these options; the last one of a kind counts.
     *
     * @param ownClasses the classes that the program has loaded so far, without those of the JDK's own loader
     */
    static @Nullable String obstacle(List<String> options, int ownClasses) {
        String tight = obstacle(options, METASPACE, NEEDED_METASPACE, ownClasses * CLASS_BYTES);
        return tight != null
                ? tight
                : obstacle(options, CLASS_SPACE, NEEDED_CLASS_SPACE, ownClasses * CLASS_SPACE_BYTES);
    }

    private static @Nullable String obstacle(List<String> options, String name, long needed, long used) {
        String last = null;
        for (String option : options) {
            last = option.startsWith(name) ? option : last;
        }
        long limit = last == null ? -1 : bytes(last.substring(name.length()));
        return limit < 0 || limit >= used + needed
                ? null
                : last + " leaves too little room for the agent's classes, which need about "
                        + String.format(Locale.ROOT, "%.1f", needed / (double) (1 << 20)) + " MB";
    }

    private static void addWords(List<String> options, @Nullable String variable) {
        if (variable != null) {
            options.addAll(List.of(variable.strip().split("\\s+")));
        }
    }

    /** The JVM's options on a command line: those before the main class. */
    static List<String> ofCommandLine(String commandLine) {
        List<String> options = new ArrayList<>();
        String[] words = commandLine.split("\0", -1);
        for (int i = 1; i < words.length; i++) {
            if (!words[i].startsWith("-") && !words[i].startsWith("@")) {
                break;
            }
            if (WITH_VALUE.contains(words[i])) {
                i++;
            } else {
                options.add(words[i]);
            }
        }
        return options;
    }

    /** A number of bytes as the JVM reads it; -1 if it is none. */
    static long bytes(String text) {
        int digits = 0;
        while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        if (digits == 0 || digits > 15 || text.length() - digits > 1) {
            return -1;
        }
        long number = Long.parseLong(text.substring(0, digits));
        if (digits == text.length()) {
            return number;
        }
        return switch (Character.toLowerCase(text.charAt(digits))) {
            case 'k' -> number << 10;
            case 'm' -> number << 20;
            case 'g' -> number << 30;
            case 't' -> number << 40;
            default -> -1;
        };
    }
}
