// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.kernel.FakeProc;
import io.github.sockblame.agent.ledger.GivenNumbers;
import io.github.sockblame.agent.ledger.Ledger;
import io.github.sockblame.agent.log.InternalErrors;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {

    private static final long PATIENCE = 20;

    private final Watch watch = Watch.start();

    @Test
    void isOneDaemonThatKeepsNoLoaderAlive() throws Exception {
        Thread thread = on(Thread::currentThread);

        assertThat(thread.getName()).isEqualTo("sockblame-watch");
        assertThat(thread.isDaemon()).isTrue();
        assertThat(on(() -> Thread.currentThread().getContextClassLoader() == null))
                .isTrue();
        assertThat(on(Thread::currentThread)).isSameAs(thread);
    }

    @Test
    void outlivesAJobThatThrows() throws Exception {
        long before = InternalErrors.count();
        watch.soon(() -> {
            throw new StackOverflowError("of the job");
        });
        watch.soon(() -> {
            throw new IllegalStateException("of the next job");
        });

        assertThat(on(() -> "alive")).isEqualTo("alive");
        assertThat(InternalErrors.count() - before).isEqualTo(2);
        assertThat(InternalErrors.last()).contains("of the next job");
    }

    @Test
    void outlivesAnInterrupt() throws Exception {
        Thread thread = on(Thread::currentThread);
        thread.interrupt();
        long began = System.nanoTime();
        while (thread.isInterrupted() && System.nanoTime() - began < TimeUnit.SECONDS.toNanos(PATIENCE)) {
            Thread.onSpinWait();
        }
        assertThat(thread.isInterrupted()).isFalse();

        assertThat(on(() -> Thread.currentThread().isInterrupted())).isFalse();
        assertThat(on(Thread::currentThread)).isSameAs(thread);
    }

    @Test
    void looksOnceThereIsSomethingToWatch(@TempDir Path folder) throws Exception {
        CountDownLatch looked = new CountDownLatch(2);
        watch.atNextLook(() -> {
            looked.countDown();
            watch.atNextLook(looked::countDown);
        });
        assertThat(on(looked::getCount)).as("nothing to watch yet").isEqualTo(2);

        GivenNumbers numbers = new GivenNumbers();
        Ledger ledger = new Ledger(numbers);
        FakeProc proc = FakeProc.complete(folder);
        watch.watch(ledger, new Readings(ledger, proc.procFs(), new FakeStates().asked(), Set.of()));
        ledger.opened(numbers.descriptor(7));
        assertThat(looked.await(PATIENCE, TimeUnit.SECONDS)).isTrue();
    }

    private <T> T on(Callable<T> question) throws Exception {
        CompletableFuture<T> answer = new CompletableFuture<>();
        watch.soon(() -> {
            try {
                answer.complete(question.call());
            } catch (Exception e) {
                answer.completeExceptionally(e);
            }
        });
        return answer.get(PATIENCE, TimeUnit.SECONDS);
    }
}
