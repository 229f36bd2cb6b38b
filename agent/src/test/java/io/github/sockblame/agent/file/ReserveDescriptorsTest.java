// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ReserveDescriptorsTest {

    private final ReserveDescriptors spare = new ReserveDescriptors(3);

    @Test
    void eachTryReleasesOneAndEndRefillsAll() throws Exception {
        spare.fill();
        int[] held = {spare.held(), 0};
        String opened = spare.withReserve(() -> {
            if (spare.held() > held[0] - 2) {
                held[1]++;
                throw new IOException("none left");
            }
            return "opened";
        });
        assertThat(opened).isEqualTo("opened");
        assertThat(held[1]).isEqualTo(2);
        assertThat(spare.held()).isEqualTo(held[0]).isPositive();
    }

    @Test
    void exhaustedReserveThrowsLastFailure() {
        spare.fill();
        assertThatThrownBy(() -> spare.withReserve(() -> {
                    throw new IOException("with " + spare.held());
                }))
                .hasMessage("with 0");
        assertThat(spare.held()).isPositive();
    }

    @Test
    void afterItsEndItHoldsNone() throws Exception {
        spare.fill();
        spare.end();
        assertThat(spare.held()).isZero();
        assertThat(spare.<String>withReserve(() -> "opened")).isEqualTo("opened");
        assertThat(spare.held()).isZero();
    }

    @Test
    void withoutAnyItIsOneTry() throws Exception {
        assertThat(spare.<String>withReserve(() -> "opened")).isEqualTo("opened");
    }
}
