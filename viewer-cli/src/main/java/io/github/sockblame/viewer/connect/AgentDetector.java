// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Detects an agent of Sockblame in a process by procfs: by its jar, or by its thread if the jar has another name. */
final class AgentDetector {

    private static final Pattern JAR = Pattern.compile("(.*/)?sockblame-agent[^/]*\\.jar");
    private static final String OPTION = "-javaagent:";

    /** The kernel keeps fifteen bytes of the name of a thread (proc(5), comm). */
    private static final String THREAD = "sockblame-watch";

    private AgentDetector() {}

    /** Returns whether a command line has our jar as an agent. */
    static boolean isPresent(List<String> arguments) {
        return jar(arguments) != null;
    }

    /** The path of our jar in a command line; null if it is not there. */
    static @Nullable String jar(List<String> arguments) {
        for (String argument : arguments) {
            if (argument.startsWith(OPTION)) {
                String agent = argument.substring(OPTION.length());
                int options = agent.indexOf('=');
                String jar = options < 0 ? agent : agent.substring(0, options);
                if (JAR.matcher(jar).matches()) {
                    return jar;
                }
            }
        }
        return null;
    }

    /**
     * Returns whether a process has our jar open, or runs our thread.
     *
     * @param process its folder in procfs
     */
    static boolean isPresent(Path process) throws IOException {
        return any(process.resolve("fd"), AgentDetector::isOpenJar) || hasThread(process);
    }

    /** Returns whether a process runs our thread. */
    static boolean hasThread(Path process) throws IOException {
        return any(process.resolve("task"), AgentDetector::isThread);
    }

    private static boolean any(Path folder, Predicate<Path> sign) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (sign.test(entry)) {
                    return true;
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return false;
    }

    /** Returns whether an entry of a folder {@code fd} is our jar. */
    static boolean isOpenJar(Path descriptor) {
        try {
            return JAR.matcher(Files.readSymbolicLink(descriptor).toString()).matches();
        } catch (IOException e) {
            return false; // it was closed meanwhile
        }
    }

    private static boolean isThread(Path task) {
        try {
            return Files.readString(task.resolve("comm"), ISO_8859_1).strip().equals(THREAD);
        } catch (IOException e) {
            return false; // it has ended meanwhile
        }
    }
}
