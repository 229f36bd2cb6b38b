// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.instrument.RetryableHooks;
import io.github.sockblame.agent.log.InternalErrors;
import io.github.sockblame.agent.watch.BackgroundTask;
import java.lang.instrument.UnmodifiableClassException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Retries failed hooks on the agent's own thread. On the program's thread, the stack or the memory may have been
 * exhausted, possibly so far that the failure could not be recorded. So it also checks without a request, after longer and longer
 * pauses.
 *
 * <p>It gives up after a few failures, because each try costs the program its compiled code of that class.
 */
final class HookRetry implements BackgroundTask {

    private static final int TRIES = 3;

    /**
     * For this time after the request, a thread of the program may be in the middle of loading and linking the class.
     * HotSpot 17 was seen to crash when another thread retransformed it at that moment (in
     * {@code Rewriter::rewrite_bytecodes}).
     */
    private static final long SETTLE_DELAY = TimeUnit.MILLISECONDS.toNanos(500);

    /**
     * A check without a request copies the JVM's list of classes. So each one is followed by a longer pause, up to about
     * eight minutes: this many calls. There is one call in thirty rounds.
     */
    static final int LONGEST_PAUSE = 15;

    private final RetryableHooks hooks;
    private final long settled;
    private volatile long asked;

    /* Two writers may overwrite each other; then the check without a request finds the class. */
    private volatile int triesLeft;
    private volatile @Nullable Thread retryThread;

    /* Only the agent's own thread uses both. */
    private int pause;
    private int pauseLeft;

    HookRetry(RetryableHooks hooks) {
        this(hooks, SETTLE_DELAY);
    }

    /** With another time between the request and the first try, in nanoseconds. */
    HookRetry(RetryableHooks hooks, long settled) {
        this.hooks = hooks;
        this.settled = settled;
    }

    /** Requests a retry, because a class lacks its hooks. */
    void request() {
        if (Thread.currentThread() != retryThread) { // otherwise it is a failure of this very try
            asked = System.nanoTime();
            triesLeft = TRIES;
        }
    }

    @Override
    public boolean isDue() {
        return triesLeft > 0;
    }

    @Override
    public void run() {
        if (!isDue()) {
            if (pauseLeft > 0) {
                pauseLeft--;
                return;
            }
            pause = Math.min(LONGEST_PAUSE, 2 * pause + 1);
            pauseLeft = pause;
        } else if (System.nanoTime() - asked < settled) {
            return; // it stays due
        }
        retryThread = Thread.currentThread();
        try {
            triesLeft = hooks.retry() ? 0 : Math.max(0, triesLeft - 1);
        } catch (UnmodifiableClassException | LinkageError e) {
            triesLeft = Math.max(0, triesLeft - 1);
            InternalErrors.count(e);
        } finally {
            retryThread = null;
        }
    }
}
