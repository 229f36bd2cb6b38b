// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomeCheckTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 29);
    private static final TestOutcome PASSED = new TestOutcome("a.EndpointsIT#ends", true, false, false, null);
    private static final TestOutcome FAILED = new TestOutcome("a.EndpointsIT#fails", true, true, false, null);
    private static final TestOutcome FLAKY = new TestOutcome("a.EndpointsIT#flickers", true, false, true, null);
    private static final TestOutcome UNIT = new TestOutcome("a.EndsTest#ends", false, false, false, null);
    private static final List<TestOutcome> SKIPPED = List.of(
            new TestOutcome("a.TopIT#keys", true, false, false, "no tmux"),
            new TestOutcome("a.TopIT#ends", true, false, false, "no tmux"),
            new TestOutcome("a.PictureIT#top", true, false, false, "no tmux"),
            new TestOutcome("a.PageIT#opens", true, false, false, "no chromium"));

    @TempDir
    Path folder = Path.of("");

    @Test
    void skipsAreCountedByReason() throws Exception {
        OutcomeCheck check = new OutcomeCheck(SKIPPED, known(""), null, false);

        assertThat(check.lines())
                .containsExactly(
                        "OUTCOME: 4 tests, 0 failed, 4 skipped, 0 flaky",
                        "SKIPPED: 1 for \"no chromium\": PageIT",
                        "SKIPPED: 3 for \"no tmux\": PictureIT, TopIT");
        assertThat(check.problems()).isEmpty();
    }

    @Test
    void unexpectedSkipIsAProblemIfSkipsAreNamed() throws Exception {
        ExpectedSkips expected = expected("*.TopIT#* | no tmux\n* | no chromium\n");

        assertThat(new OutcomeCheck(SKIPPED, known(""), expected, false).problems())
                .containsExactly("skipped, and not expected: a.PictureIT#top | no tmux");
        assertThat(new OutcomeCheck(List.of(PASSED), known(""), expected("x"), false).problems())
                .containsExactly("skips.txt:1: not 2 columns with a | between them");
    }

    @Test
    void flakeIsAProblemUnlessItIsKnown() throws Exception {
        List<TestOutcome> outcomes = List.of(PASSED, FAILED, FLAKY);

        OutcomeCheck unknown = new OutcomeCheck(outcomes, known(""), null, false);
        assertThat(unknown.lines())
                .containsExactly(
                        "OUTCOME: 3 tests, 1 failed, 0 skipped, 1 flaky", "FLAKY: a.EndpointsIT#flickers: not known");
        assertThat(unknown.problems()).containsExactly("flaky, and not in known-flakes.txt: a.EndpointsIT#flickers");

        OutcomeCheck known = new OutcomeCheck(
                outcomes, known("a.EndpointsIT#flickers | expires 2026-12-01 | a race in the test"), null, false);
        assertThat(known.lines())
                .contains("FLAKY: a.EndpointsIT#flickers: known, a race in the test (until 2026-12-01)");
        assertThat(known.problems()).isEmpty();
    }

    @Test
    void expiredEntryIsAProblemWithoutAFlake() throws Exception {
        KnownFlakes expired = known("a.EndpointsIT#flickers | expires 2026-11-01 | a race in the test");

        assertThat(new OutcomeCheck(List.of(PASSED), expired, null, false).problems())
                .containsExactly("flakes.txt:1: expired on 2026-11-01: a.EndpointsIT#flickers");
    }

    @Test
    void missingIntegrationTestsAreAProblemUnlessChosen() throws Exception {
        for (List<TestOutcome> outcomes : List.of(List.<TestOutcome>of(), List.of(UNIT))) {
            assertThat(new OutcomeCheck(outcomes, known(""), null, false).problems())
                    .containsExactly("no integration test has run");
            assertThat(new OutcomeCheck(outcomes, known(""), null, true).problems())
                    .isEmpty();
        }
    }

    private KnownFlakes known(String text) throws IOException {
        return KnownFlakes.in(Files.writeString(folder.resolve("flakes.txt"), text), TODAY);
    }

    private ExpectedSkips expected(String text) throws IOException {
        return ExpectedSkips.in(Files.writeString(folder.resolve("skips.txt"), text));
    }
}
