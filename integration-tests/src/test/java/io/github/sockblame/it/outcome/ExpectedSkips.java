// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.outcome;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The tests that may be skipped on a machine: a file of entries {@code test | reason}, both of which may have {@code *}. */
final class ExpectedSkips {

    private record Skip(Pattern test, Pattern reason) {}

    private final List<Skip> skips = new ArrayList<>();
    private final List<String> problems;

    private ExpectedSkips(Path file) throws IOException {
        problems = Entries.read(
                file,
                2,
                columns -> skips.add(new Skip(Entries.pattern(columns.get(0)), Entries.pattern(columns.get(1)))));
    }

    static ExpectedSkips in(Path file) throws IOException {
        return new ExpectedSkips(file);
    }

    /** What is wrong with the file. */
    List<String> problems() {
        return problems;
    }

    /** Whether this test, which was skipped, may be. */
    boolean has(TestOutcome skipped) {
        String reason = requireNonNull(skipped.skipped());
        return skips.stream()
                .anyMatch(skip -> skip.test.matcher(skipped.test()).matches()
                        && skip.reason.matcher(reason).matches());
    }
}
