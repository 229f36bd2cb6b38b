// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.watch.BackgroundTask;

/** Does work again that failed for a lack of memory, one period of the watch thread later. */
final class RepeatedTask implements BackgroundTask {

    private final Runnable work;
    private volatile boolean requested;

    RepeatedTask(Runnable work) {
        this.work = work;
    }

    /** Requests one more run. Any thread may call this. */
    void request() {
        requested = true;
    }

    @Override
    public boolean isDue() {
        return requested;
    }

    /** Does the work if it was requested. */
    @Override
    public void run() {
        if (requested) {
            requested = false;
            work.run();
        }
    }
}
