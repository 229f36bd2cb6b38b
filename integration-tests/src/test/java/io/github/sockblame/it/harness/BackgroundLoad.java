// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** What goes on around a program that is watched: garbage is collected, reports are taken, viewers come and go, threads are dumped. */
public final class BackgroundLoad {

    private static final long BETWEEN_DUMPS = TimeUnit.MILLISECONDS.toNanos(20);

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final List<Future<?>> loops = new ArrayList<>();

    /** Each disturbance is a reader, and who wants quiet is the writer. */
    private final ReentrantReadWriteLock quiet = new ReentrantReadWriteLock(true);

    private final AtomicInteger rounds = new AtomicInteger();
    private final BlockedThreads blocked;
    private volatile boolean over;

    private BackgroundLoad(TargetProcess target) throws Exception {
        blocked = new BlockedThreads(target.agent().server());
    }

    public static BackgroundLoad of(TargetJdk jdk, TargetProcess target) throws Exception {
        BackgroundLoad all = new BackgroundLoad(target);
        AgentConnection agent = target.agent();
        all.again(() -> {
            Heap.of(agent).collect();
            assertThat(agent.report().agent().internalErrors()).isZero();
            assertThat(Viewer.on(jdk).call("leaks", target.pidText()).status()).isIn(0, 1);
            assertThat(Viewer.on(jdk).call("attach", target.pidText()).status()).isZero();
            return all.rounds.incrementAndGet();
        });
        all.again(() -> {
            all.blocked.look();
            LockSupport.parkNanos(BETWEEN_DUMPS);
            return true;
        });
        return all;
    }

    private void again(Callable<?> disturbance) {
        loops.add(threads.submit(() -> {
            while (!over) {
                quiet.readLock().lock();
                try {
                    Object unused = disturbance.call();
                } finally {
                    quiet.readLock().unlock();
                }
            }
            return null;
        }));
    }

    /** Does this while nothing disturbs. */
    public <T> T without(Callable<T> task) throws Exception {
        checkGoingOn();
        quiet.writeLock().lock();
        try {
            return task.call();
        } finally {
            quiet.writeLock().unlock();
        }
    }

    /** Fails with what a disturbance failed with. */
    private void checkGoingOn() throws Exception {
        for (Future<?> loop : loops) {
            if (loop.isDone()) {
                Object unused = loop.get();
            }
        }
    }

    /** How often viewers came. */
    public int rounds() {
        return rounds.get();
    }

    public BlockedThreads blocked() {
        return blocked;
    }

    /** No more of them, once those that have begun are done. */
    public void end() throws Exception {
        over = true;
        threads.shutdown();
        assertThat(threads.awaitTermination(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("disturbances end")
                .isTrue();
        checkGoingOn();
    }
}
