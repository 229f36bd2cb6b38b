// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.outcome;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The tests that may fail and then pass, for a while: a file of entries {@code test | expires YYYY-MM-DD | cause}; the test may have {@code *}. */
final class KnownFlakes {

    /** So far ahead an entry may expire. */
    private static final int MOST_DAYS = 60;

    private static final String EXPIRES = "expires ";

    private record Flake(Pattern test, String known) {}

    private final LocalDate today;
    private final List<Flake> flakes = new ArrayList<>();
    private final List<String> problems;

    private KnownFlakes(Path file, LocalDate today) throws IOException {
        this.today = today;
        problems = Entries.read(file, 3, this::add);
    }

    static KnownFlakes in(Path file, LocalDate today) throws IOException {
        return new KnownFlakes(file, today);
    }

    private void add(List<String> columns) throws Entries.MalformedException {
        LocalDate expires = date(columns.get(1));
        if (expires.isBefore(today)) {
            throw new Entries.MalformedException("expired on " + expires + ": " + columns.get(0));
        }
        if (expires.isAfter(today.plusDays(MOST_DAYS))) {
            throw new Entries.MalformedException("expires more than " + MOST_DAYS + " days ahead: " + columns.get(0));
        }
        flakes.add(new Flake(Entries.pattern(columns.get(0)), columns.get(2) + " (until " + expires + ")"));
    }

    private static LocalDate date(String column) throws Entries.MalformedException {
        try {
            if (column.startsWith(EXPIRES)) {
                return LocalDate.parse(column.substring(EXPIRES.length()));
            }
        } catch (DateTimeException e) {
            // said below
        }
        throw new Entries.MalformedException("not \"expires YYYY-MM-DD\": " + column);
    }

    /** What is wrong with the file: entries that have expired are. */
    List<String> problems() {
        return problems;
    }

    /** The cause and the last day, if this test is known to be flaky. */
    Optional<String> cause(TestOutcome flaky) {
        return flakes.stream()
                .filter(flake -> flake.test.matcher(flaky.test()).matches())
                .map(Flake::known)
                .findFirst();
    }
}
