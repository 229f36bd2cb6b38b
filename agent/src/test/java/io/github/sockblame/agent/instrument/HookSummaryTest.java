// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Hook;
import io.github.sockblame.report.HookState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HookSummaryTest {

    @Test
    void countsWhatBecameOfTheHooks() {
        assertThat(HookSummary.of(hooks(2, 0, 0))).isEqualTo("2 of 2 hooks woven");
        assertThat(HookSummary.of(hooks(12, 7, 0)))
                .isEqualTo("12 of 19 hooks woven, 7 wait for their class to be loaded");
        assertThat(HookSummary.of(hooks(1, 0, 3))).isEqualTo("1 of 4 hooks woven, 3 missing");
        assertThat(HookSummary.of(hooks(0, 1, 1)))
                .isEqualTo("0 of 2 hooks woven, 1 wait for their class to be loaded, 1 missing");
    }

    private static List<Hook> hooks(int woven, int waiting, int missing) {
        List<Hook> hooks = new ArrayList<>();
        add(hooks, woven, HookState.WOVEN);
        add(hooks, waiting, HookState.WAITING);
        add(hooks, missing, HookState.MISSING);
        return hooks;
    }

    private static void add(List<Hook> hooks, int count, HookState state) {
        for (int i = 0; i < count; i++) {
            hooks.add(new Hook("sun.nio.ch.Net.socket", "open", state, null));
        }
    }
}
