// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.instrument.Hooks;
import io.github.sockblame.agent.log.InternalErrors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetachmentTest {

    private final Detachment detachment = new Detachment();

    @Test
    void saysWhatWasDone() {
        detachment.step("hooks are left", () -> detachment.hooksRemoved(new Hooks.Removal(17, List.of())));

        assertThat(detachment.isComplete()).isTrue();
        assertThat(detachment.line()).isEqualTo("detached: the hooks are taken out of 17 classes");
    }

    @Test
    void takesEveryStepAndSaysWhatWentWrongInOneLine() {
        long errors = InternalErrors.count();
        List<String> taken = new ArrayList<>();
        detachment.step("the first is left", () -> {
            throw new IOException("no\nmore");
        });
        detachment.step("the second is left", () -> taken.add("second"));
        detachment.hooksRemoved(new Hooks.Removal(1, List.of("a.A", "a.B", "a.C", "a.D")));

        assertThat(taken).containsExactly("second");
        assertThat(detachment.isComplete()).isFalse();
        assertThat(detachment.line())
                .isEqualTo("detached: the hooks are taken out of 1 class;"
                        + " but the first is left (java.io.IOException: no more);"
                        + " hooks that nobody hears are left in a.A, a.B, a.C and 1 more");
        assertThat(InternalErrors.count()).isGreaterThan(errors);
    }
}
