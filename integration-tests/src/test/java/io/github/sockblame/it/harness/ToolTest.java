// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tools that tests ask for are those of {@code checks/tools.tsv} and of CONTRIBUTING. */
class ToolTest {

    /** A line of {@code checks/tools.tsv}. */
    private record Row(String program, String debianPackage, Set<String> tests, String shows) {

        static Row of(String line) {
            String[] columns = line.split("\t", -1);
            assertThat(columns).as(line).hasSize(4).doesNotContain("");
            return new Row(columns[0], columns[1], new TreeSet<>(List.of(columns[2].split(",", -1))), columns[3]);
        }

        String inContributing() {
            return "| `" + program + "` | " + debianPackage + " | " + shows + " |";
        }
    }

    @Test
    void fileHasARowForEachTool() throws Exception {
        assertThat(rows())
                .extracting(row -> row.program() + " of " + row.debianPackage())
                .containsExactly(Arrays.stream(Tool.values())
                        .map(tool -> tool.program() + " of " + tool.debianPackage())
                        .toArray(String[]::new));
    }

    @Test
    void rowNamesTheTestsOfTheTool() throws Exception {
        Map<String, Set<String>> named = new TreeMap<>();
        for (Row row : rows()) {
            named.put(row.program(), row.tests());
        }

        assertThat(askers()).isEqualTo(named);
    }

    @Test
    void contributingHasTheSameTable() throws Exception {
        List<String> published = Files.readAllLines(
                        TestEnvironment.projectRoot().resolve("CONTRIBUTING.md"))
                .stream()
                .dropWhile(line -> !line.equals("## What the tests can use"))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| `"))
                .toList();

        assertThat(published)
                .containsExactlyElementsOf(
                        rows().stream().map(Row::inContributing).toList());
    }

    @Test
    void toolIsFoundOnPathAndByStar(@TempDir Path folder) throws Exception {
        Path first = program(folder.resolve("15/bin"));
        Path second = program(folder.resolve("16/bin"));
        Path unused = Files.createDirectories(folder.resolve("17/bin/serve"));

        assertThat(Tool.places("serve", "/nowhere:" + folder + "/16/bin:" + folder + "/17/bin"))
                .containsExactly(second);
        assertThat(Tool.places(folder + "/*/bin/serve", "")).containsExactlyInAnyOrder(first, second);
        assertThat(Tool.places(folder + "/none/*/bin/serve", "")).isEmpty();
    }

    private static Path program(Path folder) throws IOException {
        Path file = Files.createFile(Files.createDirectories(folder).resolve("serve"));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static List<Row> rows() throws IOException {
        return Files.readAllLines(TestEnvironment.projectRoot().resolve("checks/tools.tsv")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(Row::of)
                .toList();
    }

    /** The classes of tests that ask for each tool, in their own source or in a helper's that they name, by the tool's program. */
    private static Map<String, Set<String>> askers() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        for (String module : List.of("viewer-cli", "integration-tests")) {
            try (Stream<Path> files = Files.walk(TestEnvironment.projectRoot().resolve(module + "/src/test/java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
                }
            }
        }
        Map<String, Set<String>> askers = new TreeMap<>();
        for (Tool tool : Tool.values()) {
            Set<String> asking = new TreeSet<>();
            sources.forEach((name, source) -> {
                if (asksFor(tool, source)) {
                    asking.add(name);
                }
            });
            Set<String> tests = new TreeSet<>();
            sources.forEach((name, source) -> {
                if (isTest(name)
                        && (asking.contains(name)
                                || asking.stream().anyMatch(other -> !isTest(other) && names(source, other)))) {
                    tests.add(name);
                }
            });
            askers.put(tool.program(), tests);
        }
        return askers;
    }

    private static boolean isTest(String name) {
        return name.endsWith("IT") || name.endsWith("Test");
    }

    /** The unit tests of the viewer have the reason alone. */
    private static boolean asksFor(Tool tool, String source) {
        return names(source, "Tool." + tool.name()) || source.contains('"' + tool.missing() + '"');
    }

    private static boolean names(String source, String what) {
        return Pattern.compile("\\b" + Pattern.quote(what) + "\\b")
                .matcher(source)
                .find();
    }
}
