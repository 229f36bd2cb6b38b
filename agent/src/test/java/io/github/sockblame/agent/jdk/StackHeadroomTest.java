// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StackHeadroomTest {

    /** Frames of the smallest kind, so that the last of them do not leave the room that is asked for. */
    private static final int NEAR_THE_END = 50;

    private int returned;
    private boolean refused;

    @Test
    void isThereAtTheBeginningOfAStack() {
        assertThatCode(StackHeadroom::require).doesNotThrowAnyException();
    }

    @Test
    void isMissingAtTheEndOfAStack() throws Exception {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        Thread thread = new Thread(
                null,
                () -> {
                    fall(0);
                    answer.complete(refused);
                },
                "falls",
                1 << 20);
        thread.start();

        assertThat(answer.get(20, TimeUnit.SECONDS)).isTrue();
    }

    /** Falls to the end of the stack, and asks on the way up. */
    private void fall(int depth) {
        try {
            if (depth < Integer.MAX_VALUE) {
                fall(depth + 1);
            }
        } catch (StackOverflowError e) {
            returned = 0;
        }
        if (returned++ == NEAR_THE_END) {
            try {
                StackHeadroom.require();
            } catch (StackOverflowError e) {
                refused = true;
            }
        }
    }
}
