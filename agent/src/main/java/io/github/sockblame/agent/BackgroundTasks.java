// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.watch.BackgroundTask;

/** Two background tasks as one. An error of the first one does not prevent the second one. */
record BackgroundTasks(BackgroundTask first, BackgroundTask second) implements BackgroundTask {

    @Override
    public boolean isDue() {
        return first.isDue() || second.isDue();
    }

    @Override
    public void run() {
        try {
            first.run();
        } finally {
            second.run();
        }
    }
}
