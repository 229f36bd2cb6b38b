// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

/**
 * A task of the watch thread beside the sockets. The thread runs it at once when it is due, and now and then for work
 * that has no event.
 */
public interface BackgroundTask {

    /** A task without work. */
    BackgroundTask NONE = new BackgroundTask() {
        @Override
        public boolean isDue() {
            return false;
        }

        @Override
        public void run() {}
    };

    /** Returns whether a run was requested. */
    boolean isDue();

    /** Does the work. */
    void run();
}
