// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.outcome;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says what came of the tests of a build, and what of that must not be. The build runs it after the integration tests. What failed twice is
 * not its business: failsafe fails the build for that.
 */
public final class OutcomeCheck {

    private final List<TestOutcome> outcomes;
    private final KnownFlakes known;
    private final @Nullable ExpectedSkips expected;
    private final boolean noneWanted;

    /**
     * Of these outcomes.
     *
     * @param expected null if any test may be skipped
     * @param noneWanted whether no integration test was to run: {@code -Dit.test=None}
     */
    OutcomeCheck(List<TestOutcome> outcomes, KnownFlakes known, @Nullable ExpectedSkips expected, boolean noneWanted) {
        this.outcomes = outcomes;
        this.known = known;
        this.expected = expected;
        this.noneWanted = noneWanted;
    }

    /**
     * Prints the outcome of a build.
     *
     * @param arguments the root of the project, and when the build began (ISO 8601)
     * @throws IllegalStateException if something is as it must not be: it has a line for each such thing
     * @throws IOException if a file cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]).toAbsolutePath().normalize();
        OutcomeCheck check = new OutcomeCheck(
                TestReports.of(root, Instant.parse(arguments[1])),
                KnownFlakes.in(root.resolve("integration-tests/known-flakes.txt"), LocalDate.now(ZoneOffset.UTC)),
                expectedSkips(root),
                "None".equals(System.getProperty("it.test")));
        check.lines().forEach(System.out::println);
        List<String> problems = check.problems();
        if (!problems.isEmpty()) {
            throw new IllegalStateException("the outcome of the tests:\n" + String.join("\n", problems));
        }
    }

    private static @Nullable ExpectedSkips expectedSkips(Path root) throws IOException {
        String file =
                System.getProperty("expected.skips", System.getenv().getOrDefault("SOCKBLAME_EXPECTED_SKIPS", ""));
        return file.isEmpty() ? null : ExpectedSkips.in(root.resolve(file));
    }

    /** What is printed: figures, then skips by reason, then flakes. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("OUTCOME: " + outcomes.size() + " tests, "
                + outcomes.stream().filter(TestOutcome::failed).count() + " failed, "
                + skipped().size() + " skipped, " + flaky().size() + " flaky");
        SortedMap<String, List<TestOutcome>> byReason = skipped().stream()
                .collect(Collectors.groupingBy(
                        outcome -> String.valueOf(outcome.skipped()), TreeMap::new, Collectors.toList()));
        byReason.forEach((reason, tests) -> lines.add("SKIPPED: " + tests.size() + " for \"" + reason + "\": "
                + tests.stream()
                        .map(TestOutcome::shortClass)
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(", "))));
        flaky().forEach(flake -> lines.add("FLAKY: " + flake.test() + ": "
                + known.cause(flake).map(cause -> "known, " + cause).orElse("not known")));
        return lines;
    }

    /** What must not be; nothing if all is well. */
    List<String> problems() {
        List<String> problems = new ArrayList<>(known.problems());
        if (!noneWanted && outcomes.stream().noneMatch(TestOutcome::integration)) {
            problems.add("no integration test has run");
        }
        flaky().stream()
                .filter(flake -> known.cause(flake).isEmpty())
                .forEach(flake -> problems.add("flaky, and not in known-flakes.txt: " + flake.test()));
        if (expected != null) {
            problems.addAll(expected.problems());
            skipped().stream()
                    .filter(skip -> !expected.has(skip))
                    .forEach(
                            skip -> problems.add("skipped, and not expected: " + skip.test() + " | " + skip.skipped()));
        }
        return problems;
    }

    private List<TestOutcome> skipped() {
        return outcomes.stream().filter(outcome -> outcome.skipped() != null).toList();
    }

    private List<TestOutcome> flaky() {
        return outcomes.stream().filter(TestOutcome::flaky).toList();
    }
}
