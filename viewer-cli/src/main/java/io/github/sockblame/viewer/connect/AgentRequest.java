// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sockblame.report.AttachRequest;
import io.github.sockblame.report.Hook;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SafeText;
import io.github.sockblame.report.SockblameMXBean;

/**
 * One request to an agent, as a call of its MXBean and as a request by attach.
 *
 * @param verb its name in a request by attach
 * @param site the number of the site that it is about; otherwise 0
 * @param call the same over JMX
 * @param reader makes the answer out of the file that the agent wrote
 * @param <T> the type of the answer
 */
record AgentRequest<T>(AttachRequest.Verb verb, int site, AgentCall<T> call, Reader<T> reader) {

    static final AgentRequest<FetchedReport> REPORT =
            new AgentRequest<>(AttachRequest.Verb.REPORT, 0, AgentCall::report, SavedReport::parse);

    static final AgentRequest<FetchedReport> SUMMARY =
            new AgentRequest<>(AttachRequest.Verb.SUMMARY, 0, AgentCall::summary, SavedReport::parse);

    static final AgentRequest<String> DETACH =
            new AgentRequest<>(AttachRequest.Verb.DETACH, 0, SockblameMXBean::detach, AgentRequest::line);

    /** Makes the answer. */
    @FunctionalInterface
    interface Reader<T> {
        T read(byte[] answer, String name) throws CannotAnswerException;
    }

    /** Starts or stops last-use tracking for the place of a site. */
    static AgentRequest<String> watch(int site, boolean on) {
        return new AgentRequest<>(
                on ? AttachRequest.Verb.WATCH : AttachRequest.Verb.UNWATCH,
                Math.max(0, site),
                AgentCall.watch(site, on),
                AgentRequest::line);
    }

    /** Asks for version and hooks, after an attach. */
    static AgentRequest<LocalJvm.Attached> attached(boolean hadAgent) {
        return new AgentRequest<>(
                AttachRequest.Verb.SUMMARY,
                0,
                agent -> new LocalJvm.Attached(agent.getVersion(), agent.getHookStatus(), hadAgent),
                (answer, name) -> {
                    Report report = SavedReport.parse(answer, name).report();
                    return new LocalJvm.Attached(
                            report.agentVersion(), Hook.statusOf(report.agent().hooks()), hadAgent);
                });
    }

    /** Returns whether the answer is a report, as that of a file request. */
    boolean isForReport() {
        return verb == AttachRequest.Verb.REPORT || verb == AttachRequest.Verb.SUMMARY;
    }

    private static String line(byte[] answer, String name) {
        return SafeText.of(new String(answer, UTF_8).strip());
    }
}
