// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StackCapturerTest {

    private static final InetAddress REMOTE = InetAddress.getLoopbackAddress();
    private static final int PORT = 443;

    private final StackCapturer stackCapturer = new StackCapturer(0.001);
    private final Random random = new Random(42);

    private void spend() {
        while (stackCapturer.captureOpening().hasStack()) {
            // until it is spent
        }
    }

    @Test
    void withoutALimitEachStackIsCaptured() {
        StackCapturer unlimited = new StackCapturer(StackCapturer.UNLIMITED);
        for (int i = 0; i < 10_000; i++) {
            assertThat(unlimited.captureOpening().hasStack()).isTrue();
        }
        assertThat(unlimited.hasSampled()).isFalse();
        assertThat(unlimited.canAffordOptional()).isTrue();
    }

    @Test
    void aboveTheNumberOfUnresolvedStacksNoneIsCapturedUntilTheNextRound() {
        StackCapturer unlimited = new StackCapturer(StackCapturer.UNLIMITED);
        unlimited.allowUnresolved(3);
        assertThat(unlimited.captureOpening().hasStack()).isTrue();
        assertThat(unlimited.capture(null).hasStack()).isTrue();
        assertThat(unlimited.canAffordOptional()).isTrue();
        assertThat(unlimited.captureOpening().hasStack()).isTrue();

        assertThat(unlimited.canAffordOptional()).isFalse();
        assertThat(unlimited.captureOpening().hasStack()).isFalse();
        assertThat(unlimited.capture(null).hasStack()).isFalse();
        assertThat(unlimited.refused()).isOne();

        unlimited.allowUnresolved(3);
        assertThat(unlimited.captureOpening().hasStack()).isTrue();
        assertThat(unlimited.canAffordOptional()).isTrue();
    }

    @Test
    void theListenerRunsOnceWhenHalfOfTheStacksAreCaptured() {
        StackCapturer unlimited = new StackCapturer(StackCapturer.UNLIMITED);
        AtomicInteger calls = new AtomicInteger();
        unlimited.onManyUnresolved(calls::incrementAndGet);
        unlimited.allowUnresolved(4);
        CapturedEvent unused = unlimited.captureOpening();
        assertThat(calls).hasValue(0);
        unused = unlimited.captureOpening();
        assertThat(calls).hasValue(1);
        unused = unlimited.captureOpening();
        assertThat(calls).hasValue(1);

        unlimited.allowUnresolved(4);
        unused = unlimited.captureOpening();
        unused = unlimited.captureOpening();
        assertThat(calls).hasValue(2);
    }

    @Test
    void itRemembersThatItHasSampled() {
        assertThat(stackCapturer.hasSampled()).isFalse();
        spend();
        assertThat(stackCapturer.hasSampled()).isTrue();
        assertThat(stackCapturer.canAffordOptional()).isFalse();
    }

    @Test
    void anEofHasItsStackAlthoughTheBudgetIsSpent() {
        spend();
        assertThat(stackCapturer.capture(null).hasStack()).isTrue();
        assertThat(stackCapturer.captureWithoutStack().hasStack()).isFalse();
    }

    @Test
    void firstConnectIsCapturedAndSkipsAreCounted() {
        spend();
        assertThat(stackCapturer.sampleByRemote(REMOTE, PORT, random.nextInt())).isZero();

        int skips = 0;
        for (int i = 0; i < 5000; i++) {
            int log2Weight = stackCapturer.sampleByRemote(REMOTE, PORT, random.nextInt());
            skips += log2Weight == StackCapturer.SKIP ? 1 : 0;
        }
        assertThat(skips).isPositive();
        assertThat(stackCapturer.skipped()).isEqualTo(skips);
        assertThat(stackCapturer.firstSkipMillis()).isPositive().isLessThanOrEqualTo(stackCapturer.lastSkipMillis());
    }

    @Test
    void allConnectionsOfAListenerAreOneEndpoint() {
        spend();
        CapturedEvent crowded = stackCapturer.capture(null);
        CapturedEvent other = stackCapturer.capture(null);
        for (int i = 0; i < 5000; i++) {
            int unused = stackCapturer.sampleByListener(crowded, random.nextInt());
        }
        assertThat(stackCapturer.skipped()).isPositive();
        assertThat(stackCapturer.sampleByListener(other, random.nextInt())).isZero();
    }

    @Test
    void afterASuspectEachConnectionToItsEndpointIsCaptured() {
        spend();
        for (int i = 0; i < 5000; i++) {
            int unused = stackCapturer.sampleByRemote(REMOTE, PORT, random.nextInt());
        }
        stackCapturer.markSuspect(REMOTE, PORT);
        for (int i = 0; i < 1000; i++) {
            assertThat(stackCapturer.sampleByRemote(REMOTE, PORT, random.nextInt()))
                    .isZero();
        }
    }
}
