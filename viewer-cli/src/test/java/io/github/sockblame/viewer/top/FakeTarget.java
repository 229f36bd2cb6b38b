// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.top;

import io.github.sockblame.viewer.connect.CannotAnswerException;
import io.github.sockblame.viewer.connect.FetchedReport;
import io.github.sockblame.viewer.connect.Target;
import io.github.sockblame.viewer.connect.TargetConnection;
import org.jspecify.annotations.Nullable;

/**
 * A target of which nothing is wanted but reports.
 *
 * @param summary answers with one that need not list the sockets
 * @param whole answers with one that does
 */
record FakeTarget(Answering summary, Answering whole) implements Target {

    /** What is answered. */
    interface Answering {
        FetchedReport read() throws CannotAnswerException;
    }

    @Override
    public FetchedReport read() throws CannotAnswerException {
        return whole.read();
    }

    @Override
    public FetchedReport readSummary() throws CannotAnswerException {
        return summary.read();
    }

    @Override
    public String watch(int site, boolean on) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String detach() {
        throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable TargetConnection connect() {
        return null;
    }

    @Override
    public boolean isLive() {
        return true;
    }
}
