// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What a verdict says beside its name. */
class VerdictTest {

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void verdictHasMeaningAndAdvice(Verdict verdict) {
        assertThat(verdict.meaning()).isNotEmpty().doesNotEndWith(".");
        assertThat(verdict.advice()).isNotEmpty().doesNotEndWith(".");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void documentRepeatsMeaningAndAdvice(Verdict verdict) throws IOException {
        String heading = "\n## " + verdict.word() + " (";
        String document = Files.readString(Path.of("../docs/diagnoses.md"));
        assertThat(document).containsOnlyOnce(heading);
        int begin = document.indexOf(heading) + heading.length();
        String section = document.substring(begin, document.indexOf("\n## ", begin));

        assertThat(section.replace("`", "").replaceAll("\\s+", " ")).contains("What to do: " + verdict.advice());
    }

    @Test
    void nothingIsToBeDoneIfNothingIsTheMatter() {
        assertThat(Verdict.NONE.advice()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aPossibleVerdictIsInNoCountOfLeaks(Verdict verdict) {
        assertThat(verdict.isLeak(Confidence.POSSIBLE)).isFalse();
        assertThat(verdict.isLeak(Confidence.PROBABLE)).isEqualTo(verdict.isLeak());
        assertThat(verdict.isLeak(Confidence.CERTAIN)).isEqualTo(verdict.isLeak());
    }
}
