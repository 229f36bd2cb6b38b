// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import io.github.sockblame.report.SockblameMXBean;
import javax.management.remote.JMXServiceURL;
import org.jspecify.annotations.Nullable;

/**
 * A JMX server, on this machine or another one.
 *
 * @param url its address
 * @param name the target as the user typed it
 * @param credentials user and password; null for an anonymous connection
 */
record JmxTarget(JMXServiceURL url, String name, @Nullable Credentials credentials) implements Target {

    @Override
    public FetchedReport read() throws CannotAnswerException {
        FetchedReport.prepare();
        return call(AgentCall::report);
    }

    @Override
    public FetchedReport readSummary() throws CannotAnswerException {
        FetchedReport.prepare();
        return call(AgentCall::summary);
    }

    @Override
    public String watch(int site, boolean on) throws CannotAnswerException {
        return call(AgentCall.watch(site, on));
    }

    @Override
    public String detach() throws CannotAnswerException {
        return call(SockblameMXBean::detach);
    }

    @Override
    public JmxConnection connect() throws CannotAnswerException {
        return JmxConnection.open(this);
    }

    @Override
    public boolean isLive() {
        return true;
    }

    /** The answer of the agent, over a connection of its own. */
    <T> T call(AgentCall<T> call) throws CannotAnswerException {
        T answer = callIfPresent(call);
        if (answer == null) {
            throw noAgent();
        }
        return answer;
    }

    /** The same; null if the JMX server has no agent. */
    <T> @Nullable T callIfPresent(AgentCall<T> call) throws CannotAnswerException {
        return connect().callAndClose(call);
    }

    CannotAnswerException noAgent() {
        return new CannotAnswerException(name + " has no Sockblame agent", "run sockblame attach PID on its machine");
    }
}
