// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harness;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What the build hands to the tests: the two jars, and where things lie. */
public final class TestEnvironment {

    private TestEnvironment() {}

    public static Path agentJar() {
        return existing("agent.jar");
    }

    public static Path viewerJar() {
        return existing("viewer.jar");
    }

    /** The one file that is a command, with the viewer's jar inside. */
    public static Path viewerCommand() {
        return existing("viewer.command");
    }

    public static Path scenarioClasses() {
        return existing("scenario.classes");
    }

    public static Path projectRoot() {
        return existing("project.root");
    }

    /** The jars that a watched program may carry. */
    public static List<Path> libraries() throws IOException {
        try (var files = Files.list(existing("libraries"))) {
            return files.sorted().toList();
        }
    }

    /** The jars of one set of libraries, which only some watched programs carry. */
    public static List<Path> jars(String set) throws IOException {
        try (var files = Files.list(jarFolder(set))) {
            return files.sorted().toList();
        }
    }

    public static Path jarFolder(String set) {
        return existing("library.sets").resolve(set);
    }

    /** What a watched program needs to read a report: the module and what that is built upon, out of the tests' own class path. */
    public static List<Path> report() {
        return Arrays.stream(property("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> entry.contains("report") || entry.contains("jackson"))
                .map(Path::of)
                .toList();
    }

    /** A new folder under the build's, for one test. */
    public static Path newFolder(String name) throws IOException {
        return Files.createTempDirectory(buildFolder(), name + "-");
    }

    /** Where tests leave what somebody may want to look at. */
    public static Path buildFolder() throws IOException {
        return Files.createDirectories(
                Path.of(property("work.dir")).toAbsolutePath().normalize());
    }

    public static int number(String property) {
        return Integer.parseInt(property(property));
    }

    /** The parts of a list with commas, out of a system property or else an environment variable. */
    public static List<String> list(String property, String variable) {
        String value = System.getProperty(property, "");
        if (value.isBlank()) {
            value = requireNonNull(System.getenv().getOrDefault(variable, ""));
        }
        return Arrays.stream(value.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private static Path existing(String property) {
        Path path = Path.of(property(property)).toAbsolutePath().normalize();
        if (!Files.exists(path)) {
            throw new IllegalStateException(path + " is not there: build it first with mvn package");
        }
        return path;
    }

    private static String property(String name) {
        return requireNonNull(System.getProperty(name), name);
    }
}
