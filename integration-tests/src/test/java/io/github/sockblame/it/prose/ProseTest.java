// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.prose;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Comments of all sources, printed strings of the main sources, and documents keep to the rules of prose, except for the baseline; and the baseline only shrinks. */
class ProseTest {

    private static final Path ROOT = Path.of(requireNonNull(System.getProperty("project.root"), "project.root"))
            .toAbsolutePath()
            .normalize();
    private static final Path BASELINE = ROOT.resolve("integration-tests/src/test/resources/prose-baseline.txt");

    /** It is left out, because its last column lists the replaced words. */
    private static final Path GLOSSARY = ROOT.resolve("docs/glossary.md");

    @Test
    void countsAreThoseOfTheBaseline() throws Exception {
        Map<String, List<ProseHit>> hits = new TreeMap<>();
        for (Path module : children(ROOT)) {
            String name = module.getFileName().toString();
            List<Path> main = javaFiles(module, "src/main/java", "src/main/java8");
            List<Path> tests = javaFiles(module, "src/test/java");
            if (!main.isEmpty()) {
                hits.put(name, hits(main, ProseText::ofJava));
                hits.put(name + " prints", hits(main, ProseText::ofStrings));
            }
            if (!tests.isEmpty()) {
                hits.put(name + " tests", hits(tests, ProseText::ofJava));
            }
        }
        hits.put("page", hits(tree(ROOT.resolve("viewer-cli/src/main/resources"), ".js"), ProseText::ofScript));
        hits.put("changelog", hits(List.of(ROOT.resolve("CHANGELOG.md")), ProseText::ofMarkdown));
        hits.put("generated", hits(tree(ROOT.resolve("docs/generated"), ".md"), ProseText::ofMarkdown));
        hits.put("decisions", hits(tree(ROOT.resolve("docs/decisions"), ".md"), ProseText::ofMarkdown));
        hits.put("docs", hits(documents(), ProseText::ofMarkdown));

        assertThat(hits)
                .containsKeys("probe", "report", "agent", "viewer-cli", "benchmarks")
                .containsKeys("report tests", "agent tests", "viewer-cli tests", "integration-tests tests");
        assertThat(ProseBaseline.parse(Files.readAllLines(BASELINE)).differences(hits))
                .isEmpty();
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>(children(ROOT.resolve("docs")));
        documents.removeIf(file -> !file.toString().endsWith(".md"));
        documents.remove(GLOSSARY);
        for (String name : List.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "benchmarks/README.md")) {
            documents.add(ROOT.resolve(name));
        }
        return documents;
    }

    private static List<ProseHit> hits(List<Path> files, UnaryOperator<String> prose) throws IOException {
        List<ProseHit> hits = new ArrayList<>();
        for (Path file : files) {
            hits.addAll(ProseHit.in(ROOT.relativize(file).toString(), prose.apply(Files.readString(file))));
        }
        return hits;
    }

    private static List<Path> javaFiles(Path module, String... folders) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String folder : folders) {
            Path sources = module.resolve(folder);
            if (Files.isDirectory(sources)) {
                files.addAll(tree(sources, ".java"));
            }
        }
        return files;
    }

    private static List<Path> tree(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
