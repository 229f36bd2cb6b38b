// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpectedSkipsTest {

    @TempDir
    Path folder = Path.of("");

    @Test
    void testAndReasonMustMatch() throws Exception {
        ExpectedSkips skips = of("""
                # of a JDK

                *.MissedEventsIT#* | JDK * has no virtual threads
                """);

        assertThat(skips.problems()).isEmpty();
        assertThat(skips.has(skipped("a.MissedEventsIT#inOne(TargetJdk)[1]", "JDK 17 has no virtual threads")))
                .isTrue();
        assertThat(skips.has(skipped("a.KindsIT#inOne", "JDK 17 has no virtual threads")))
                .isFalse();
        assertThat(skips.has(skipped("a.MissedEventsIT#inOne", "no tmux here"))).isFalse();
    }

    @Test
    void nothingButTheStarIsSpecial() throws Exception {
        ExpectedSkips skips = of("a.TopIT#keys(TargetJdk)[1] | no tmux (yet.)");

        assertThat(skips.has(skipped("a.TopIT#keys(TargetJdk)[1]", "no tmux (yet.)")))
                .isTrue();
        assertThat(skips.has(skipped("a.TopIT#keys(TargetJdk)[1]", "no tmux (yet!)")))
                .isFalse();
    }

    @Test
    void lineOfOtherColumnsIsAProblem() throws Exception {
        assertThat(of("a.TopIT#keys\n# said\n| no tmux\na | b | c\n").problems())
                .containsExactly(
                        "skips.txt:1: not 2 columns with a | between them",
                        "skips.txt:3: not 2 columns with a | between them",
                        "skips.txt:4: not 2 columns with a | between them");
    }

    private ExpectedSkips of(String text) throws Exception {
        return ExpectedSkips.in(Files.writeString(folder.resolve("skips.txt"), text));
    }

    private static TestOutcome skipped(String test, String reason) {
        return new TestOutcome(test, true, false, false, reason);
    }
}
