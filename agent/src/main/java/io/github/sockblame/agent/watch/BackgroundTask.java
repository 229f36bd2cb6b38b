// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

/** What the watch thread sees to beside the sockets: at once when it is due, and now and then for what nobody could say was due. */
public interface BackgroundTask {

    /** Nothing to see to. */
    BackgroundTask NONE = new BackgroundTask() {
        @Override
        public boolean isDue() {
            return false;
        }

        @Override
        public void run() {}
    };

    /** Whether somebody asked for it. */
    boolean isDue();

    /** Does it. */
    void run();
}
