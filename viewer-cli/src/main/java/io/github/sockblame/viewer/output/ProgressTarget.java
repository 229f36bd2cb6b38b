// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.output;

import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.FetchedReport;
import io.github.sockblame.viewer.connect.Target;
import io.github.sockblame.viewer.connect.TargetConnection;
import org.jspecify.annotations.Nullable;

/**
 * A target that shows progress while it waits.
 *
 * @param target the target itself
 * @param name the target as the user typed it
 * @param progress shows the progress
 */
public record ProgressTarget(Target target, String name, Progress progress) implements Target {

    @Override
    public FetchedReport read() throws CannotAnswerException {
        return progress.waitFor("the report of " + name, target::read);
    }

    @Override
    public FetchedReport readSummary() throws CannotAnswerException {
        return progress.waitFor("the report of " + name, target::readSummary);
    }

    @Override
    public String watch(int site, boolean on) throws CannotAnswerException {
        return progress.waitFor("the answer of " + name, () -> target.watch(site, on));
    }

    @Override
    public String detach() throws CannotAnswerException {
        return progress.waitFor("the agent to leave " + name, target::detach);
    }

    @Override
    public @Nullable TargetConnection connect() throws CannotAnswerException {
        return progress.waitFor("a connection to " + name, target::connect);
    }

    @Override
    public boolean isLive() {
        return target.isLive();
    }
}
