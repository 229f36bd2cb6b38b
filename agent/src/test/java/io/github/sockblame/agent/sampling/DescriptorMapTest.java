// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DescriptorMapTest {

    private final DescriptorMap<String> known = new DescriptorMap<>();

    @Test
    void mapKeepsValueOfEachDescriptor() {
        known.set(3, "three");
        known.set(255, "last of a chunk");
        known.set(256, "first of the next");
        known.set(1_048_576, "far away");
        known.set(3, "another");

        assertThat(known.get(3)).isEqualTo("another");
        assertThat(known.get(255)).isEqualTo("last of a chunk");
        assertThat(known.get(256)).isEqualTo("first of the next");
        assertThat(known.get(1_048_576)).isEqualTo("far away");
        assertThat(known.get(4)).isNull();
        assertThat(known.get(2_000_000)).isNull();
    }

    @Test
    void mapRemovesMatchingValues() {
        known.set(3, "stays");
        known.set(4, "goes");
        known.set(70_000, "goes");
        known.removeIf("goes"::equals);

        assertThat(known.get(3)).isEqualTo("stays");
        assertThat(known.get(4)).isNull();
        assertThat(known.get(70_000)).isNull();
        known.set(70_000, "comes again");
        assertThat(known.get(70_000)).isEqualTo("comes again");
    }
}
