// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.prose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProseBaselineTest {

    private static final Map<String, List<ProseHit>> TWO_TELL = Map.of(
            "docs",
            List.of(new ProseHit(ProseRule.TELL, "A", 1, "told"), new ProseHit(ProseRule.TELL, "B", 7, "tells")));

    @Test
    void sameCountIsNoDifference() {
        assertThat(baseline("# comment", "", "tell | docs | 2").differences(TWO_TELL))
                .isEmpty();
    }

    @Test
    void moreHitsThanAllowedAreListed() {
        assertThat(baseline("tell | docs | 1").differences(TWO_TELL))
                .containsExactly(
                        "tell | docs: 2 hits, and the baseline allows 1; rewrite some of:\n  A:1: told\n  B:7: tells");
    }

    @Test
    void missingRowAllowsNone() {
        assertThat(baseline("tell | agent | 2").differences(TWO_TELL))
                .hasSize(2)
                .anySatisfy(difference ->
                        assertThat(difference).startsWith("tell | docs: 2 hits, and the baseline allows 0"));
    }

    @Test
    void fewerHitsShrinkTheBaseline() {
        assertThat(baseline("hear | docs | 1", "tell | docs | 3").differences(TWO_TELL))
                .containsExactly(
                        "hear | docs: 0 hits; shrink the baseline to: hear | docs | 0",
                        "tell | docs: 2 hits; shrink the baseline to: tell | docs | 2");
    }

    @Test
    void rowTwiceOrWithoutACountIsAnError() {
        assertThatThrownBy(() -> baseline("tell | docs | 1", "tell | docs | 2"))
                .hasMessageContaining("tell | docs | 2");
        assertThatThrownBy(() -> baseline("tell")).hasMessageContaining("tell");
    }

    private static ProseBaseline baseline(String... lines) {
        return ProseBaseline.parse(List.of(lines));
    }
}
