// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class EndpointSamplerTest {

    private static final long SECOND = 1L << 30; // as the sample counts
    private static final int CROWDED = 17;
    private static final int QUIET = 42;

    /** Affords 1,000 stacks of 20 microseconds in a second. */
    private final CaptureBudget budget = new CaptureBudget(0.02, 0);

    private final EndpointSampler sample = new EndpointSampler(budget);
    private final Random random = new Random(42);

    private int picked;
    private long weight;

    private void open(int endpoint, int count, long second) {
        for (int i = 0; i < count; i++) {
            long nanos = second * SECOND + i * (SECOND / count);
            int thinning = sample.sampleWeight(endpoint, random.nextInt(), nanos);
            if (thinning != EndpointSampler.SKIP) {
                long unused = budget.spend(20_000, nanos);
                picked++;
                weight += 1L << thinning;
            }
        }
    }

    private void forget() {
        picked = 0;
        weight = 0;
    }

    @Test
    void theWeightsRepresentAllOpenings() {
        for (int second = 1; second <= 60; second++) {
            open(CROWDED, 20_000, second);
        }
        assertThat(picked).isLessThan(120_000);
        assertThat((double) weight).isCloseTo(60 * 20_000.0, within(60_000.0));
    }

    @Test
    void inTheLongRunTheSampleStaysWithinTheBudget() {
        for (int second = 1; second <= 20; second++) {
            open(CROWDED, 20_000, second);
        }
        forget();
        for (int second = 21; second <= 80; second++) {
            open(CROWDED, 20_000, second);
        }
        assertThat(picked).isBetween(60 * 100, 60 * 1100);
    }

    @Test
    void anEndpointWithFewOpeningsIsCapturedWhole() {
        for (int second = 1; second <= 10; second++) {
            open(CROWDED, 20_000, second);
        }
        forget();
        for (int second = 11; second <= 20; second++) {
            open(QUIET, 20, second);
            int before = picked;
            open(CROWDED, 20_000, second);
            picked = before;
        }
        assertThat(picked).isEqualTo(10 * 20);
    }

    @Test
    void anEndpointWithSuspectsIsCapturedWhole() {
        for (int second = 1; second <= 10; second++) {
            open(CROWDED, 20_000, second);
        }
        sample.markSuspect(CROWDED, 10 * SECOND);
        forget();
        open(CROWDED, 20_000, 11);
        assertThat(picked).isEqualTo(20_000);
        forget();
        open(CROWDED, 20_000, 90);
        open(CROWDED, 20_000, 91);
        assertThat(picked).as("a minute after the last was seen").isLessThan(20_000);
    }
}
