// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownFlakesTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 29);

    @TempDir
    Path folder = Path.of("");

    @Test
    void causeIsThatOfTheEntry() throws Exception {
        KnownFlakes known = of("*.TopIT#keys* | expires 2026-12-01 | tmux draws late");

        assertThat(known.problems()).isEmpty();
        assertThat(known.cause(flaky("a.TopIT#keys(TargetJdk)[1]"))).hasValue("tmux draws late (until 2026-12-01)");
        assertThat(known.cause(flaky("a.TopIT#stalls"))).isEmpty();
    }

    @Test
    void entryHoldsToItsLastDayAndNotTooLong() throws Exception {
        assertThat(of("a | expires 2026-11-29 | c").problems()).isEmpty();
        assertThat(of("a | expires 2027-01-28 | c").problems()).isEmpty();

        KnownFlakes expired = of("a#b | expires 2026-11-28 | c");
        assertThat(expired.problems()).containsExactly("flakes.txt:1: expired on 2026-11-28: a#b");
        assertThat(expired.cause(flaky("a#b"))).isEmpty();
        assertThat(of("a#b | expires 2027-01-29 | c").problems())
                .containsExactly("flakes.txt:1: expires more than 60 days ahead: a#b");
    }

    @Test
    void malformedEntryIsAProblem() throws Exception {
        assertThat(of("a | expires 2026-12-01\na | 2026-12-01 | c\na | expires 2026-13-01 | c\n")
                        .problems())
                .containsExactly(
                        "flakes.txt:1: not 3 columns with a | between them",
                        "flakes.txt:2: not \"expires YYYY-MM-DD\": 2026-12-01",
                        "flakes.txt:3: not \"expires YYYY-MM-DD\": expires 2026-13-01");
    }

    private KnownFlakes of(String text) throws Exception {
        return KnownFlakes.in(Files.writeString(folder.resolve("flakes.txt"), text), TODAY);
    }

    private static TestOutcome flaky(String test) {
        return new TestOutcome(test, true, false, true, null);
    }
}
