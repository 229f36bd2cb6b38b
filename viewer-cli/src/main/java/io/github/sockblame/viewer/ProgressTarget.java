// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer;

import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.FetchedReport;
import io.github.sockblame.viewer.connect.Target;

/**
 * A target that may let the user wait, and says so.
 *
 * @param target the target itself
 * @param name what the user calls it
 * @param progress who tells
 */
record ProgressTarget(Target target, String name, Progress progress) implements Target {

    @Override
    public FetchedReport read() throws CannotAnswerException {
        return progress.during("the report of " + name, target::read);
    }

    @Override
    public FetchedReport readSummary() throws CannotAnswerException {
        return progress.during("the report of " + name, target::readSummary);
    }

    @Override
    public String watch(int site, boolean on) throws CannotAnswerException {
        return progress.during("the answer of " + name, () -> target.watch(site, on));
    }

    @Override
    public String detach() throws CannotAnswerException {
        return progress.during("the agent to leave " + name, target::detach);
    }

    @Override
    public boolean isLive() {
        return target.isLive();
    }
}
