// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.top;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.Report;
import io.github.sockblame.report.SampleReports;
import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.FetchedReport;
import io.github.sockblame.viewer.connect.SampleFetchedReport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PollerTest {

    private static final long PATIENCE = 20;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void pollerRepeatsRequestsOneAtATime() throws Exception {
        CountDownLatch asked = new CountDownLatch(5);
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (Poller poller = Poller.of(
                target(() -> {
                    most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                    asked.countDown();
                    atOnce.decrementAndGet();
                    return reading();
                }),
                Duration.ofMillis(1))) {
            assertThat(asked.await(PATIENCE, TimeUnit.SECONDS)).isTrue();
            assertThat(requireNonNull(AwaitValue.from(poller::take).report()).report())
                    .isEqualTo(report());
        }
        assertThat(most).hasValue(1);
    }

    @Test
    void aFailureIsAnAnswerAndTheAskingGoesOn() throws Exception {
        AtomicInteger questions = new AtomicInteger();
        CompletableFuture<Boolean> taken = new CompletableFuture<>();
        try (Poller poller = Poller.of(
                target(() -> {
                    if (questions.getAndIncrement() == 0) {
                        throw new CannotAnswerException("JVM 42 stopped answering", "try again");
                    }
                    // else this answer takes the place of the first
                    boolean unused = taken.orTimeout(PATIENCE, TimeUnit.SECONDS).join();
                    throw new IllegalStateException("ours");
                }),
                Duration.ofMillis(1))) {
            assertThat(AwaitValue.from(poller::take).failure()).isEqualTo("JVM 42 stopped answering: try again");
            taken.complete(true);
            assertThat(AwaitValue.from(poller::take).failure()).contains("ours");
        }
    }

    @Test
    void restsAfterADearAnswer() {
        assertThat(Poller.restAfter(SECOND / 10, 2 * SECOND)).as("the interval").isEqualTo(2 * SECOND - SECOND / 10);
        assertThat(Poller.restAfter(SECOND, 2 * SECOND)).isEqualTo(4 * SECOND);
        assertThat(Poller.restAfter(30 * SECOND, 2 * SECOND)).as("a slow link").isEqualTo(10 * SECOND);
    }

    private static Report report() {
        return SampleReports.quiet().build();
    }

    private static FetchedReport reading() {
        return SampleFetchedReport.of(report());
    }

    private static FakeTarget target(FakeTarget.Answering answering) {
        return new FakeTarget(answering, () -> {
            throw new CannotAnswerException("nobody should have asked for it", "ask for a summary");
        });
    }
}
