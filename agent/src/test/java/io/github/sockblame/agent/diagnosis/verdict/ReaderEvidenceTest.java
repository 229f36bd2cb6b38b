// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.join.EofReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReaderEvidenceTest {

    @Test
    void eachKindOfThreadHasItsSentence() {
        assertThat(ReaderEvidence.of(List.of(EofReader.UNKNOWN))).isEmpty();
        assertThat(ReaderEvidence.of(List.of(EofReader.GONE, EofReader.GONE)))
                .containsExactly("evidence: the thread that read the EOF has ended, or has left the code that read it");
        assertThat(ReaderEvidence.of(List.of(EofReader.THERE, EofReader.GONE)))
                .containsExactly(
                        "evidence: of 1 of them: the thread that read the EOF has ended, or has left the code that read it",
                        "evidence: of 1 of them: the thread that read the EOF is still in the code that read it");
    }
}
