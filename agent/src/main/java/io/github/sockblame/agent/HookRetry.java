// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.log.InternalErrors;
import io.github.sockblame.agent.watch.BackgroundTask;
import java.lang.instrument.UnmodifiableClassException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Weaves on the agent's own thread what could not be woven on the program's, where the stack or the memory may have been at its end: so much
 * so that not even that could be said, which is why it also looks without being asked.
 *
 * <p>What fails there as well is given up after a few tries: each costs the program its compiled code of that class.
 */
abstract class HookRetry implements BackgroundTask {

    private static final int TRIES = 3;

    /**
     * For so long after the request the class may be in the middle of being loaded and linked, on a thread of the program. HotSpot 17 was seen to
     * crash when another thread had it retransformed just then (in {@code Rewriter::rewrite_bytecodes}).
     */
    private static final long SETTLE_DELAY = TimeUnit.MILLISECONDS.toNanos(500);

    private final long settled;
    private volatile long asked;

    /* Two writers may overwrite each other: then it waits for the look without being asked. */
    private volatile int triesLeft;
    private volatile @Nullable Thread retryThread;

    HookRetry() {
        this(SETTLE_DELAY);
    }

    /** With another time between the request and the first try. */
    HookRetry(long settledNanos) {
        settled = settledNanos;
    }

    /** Weaves what lacks its hooks and may get them now, and says whether nothing is left. */
    abstract boolean retryWeaving() throws UnmodifiableClassException;

    /** Says that a class lacks its hooks. */
    void request() {
        if (Thread.currentThread() != retryThread) { // that would be a failure of this very try
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
        if (isDue() && System.nanoTime() - asked < settled) {
            return; // it stays due
        }
        retryThread = Thread.currentThread();
        try {
            triesLeft = retryWeaving() ? 0 : Math.max(0, triesLeft - 1);
        } catch (UnmodifiableClassException | LinkageError e) {
            triesLeft = Math.max(0, triesLeft - 1);
            InternalErrors.total(e);
        } finally {
            retryThread = null;
        }
    }
}
