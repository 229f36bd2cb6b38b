// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.instrument.Hooks;
import io.github.sockblame.agent.log.InternalErrors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetachResultTest {

    private final DetachResult detachResult = new DetachResult();

    @Test
    void summaryCountsRestoredClasses() {
        detachResult.run("hooks are left", () -> detachResult.hooksRemoved(new Hooks.Removal(17, List.of())));

        assertThat(detachResult.isComplete()).isTrue();
        assertThat(detachResult.summary()).isEqualTo("detached: the hooks were removed from 17 classes");
    }

    @Test
    void failedStepsAreSummarizedInOneLine() {
        long errors = InternalErrors.total();
        List<String> taken = new ArrayList<>();
        detachResult.run("the first is left", () -> {
            throw new IOException("no\nmore");
        });
        detachResult.run("the second is left", () -> taken.add("second"));
        detachResult.hooksRemoved(new Hooks.Removal(1, List.of("a.A", "a.B", "a.C", "a.D")));

        assertThat(taken).containsExactly("second");
        assertThat(detachResult.isComplete()).isFalse();
        assertThat(detachResult.summary())
                .isEqualTo("detached: the hooks were removed from 1 class;"
                        + " but the first is left (java.io.IOException: no more);"
                        + " inactive hooks remain in a.A, a.B, a.C and 1 more");
        assertThat(InternalErrors.total()).isGreaterThan(errors);
    }
}
