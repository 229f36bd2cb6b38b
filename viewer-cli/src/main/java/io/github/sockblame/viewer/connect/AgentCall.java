// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.connect;

import io.github.sockblame.report.SockblameMXBean;
import io.github.sockblame.report.json.ReportFormatException;
import java.lang.reflect.UndeclaredThrowableException;
import javax.management.ReflectionException;
import javax.management.RuntimeMBeanException;

/**
 * One call of the MXBean of an agent.
 *
 * @param <T> the type of the answer
 */
@FunctionalInterface
interface AgentCall<T> {

    T call(SockblameMXBean agent) throws ReportFormatException, CannotAnswerException;

    static FetchedReport report(SockblameMXBean agent) throws ReportFormatException {
        byte[][] parts;
        try {
            parts = agent.reportParts();
        } catch (UndeclaredThrowableException e) {
            rethrowUnlessMissing(e);
            return FetchedReport.of(agent.reportJson());
        }
        return FetchedReport.of(ReportParts.toJson(parts));
    }

    static FetchedReport summary(SockblameMXBean agent) throws ReportFormatException {
        String json;
        try {
            json = agent.summaryJson();
        } catch (UndeclaredThrowableException e) {
            rethrowUnlessMissing(e);
            json = agent.reportJson();
        }
        return FetchedReport.of(json);
    }

    /** Rethrows the error of an operation, unless the agent is an older one that does not have the operation. */
    private static void rethrowUnlessMissing(UndeclaredThrowableException error) {
        if (!(error.getCause() instanceof ReflectionException)) {
            throw error;
        }
    }

    /** Starts or stops last-use tracking for the place of a site. */
    static AgentCall<String> watch(int site, boolean on) {
        return agent -> {
            try {
                return on ? agent.watch(site) : agent.unwatch(site);
            } catch (IllegalArgumentException e) {
                throw refused(e);
            } catch (RuntimeMBeanException e) {
                if (e.getTargetException() instanceof IllegalArgumentException refusal) {
                    throw refused(refusal);
                }
                throw e;
            }
        };
    }

    private static CannotAnswerException refused(IllegalArgumentException e) {
        return new CannotAnswerException(
                CannotAnswerException.reason(e), "sockblame leaks TARGET shows the numbers of the sites", e);
    }
}
