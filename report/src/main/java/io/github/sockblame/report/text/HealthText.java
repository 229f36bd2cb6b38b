// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import io.github.sockblame.report.AgentHealth;
import io.github.sockblame.report.CaptureHealth;
import io.github.sockblame.report.Hook;
import io.github.sockblame.report.HookState;
import io.github.sockblame.report.Printable;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.Source;
import io.github.sockblame.report.Totals;
import io.github.sockblame.report.TraceHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is not well with the agent itself, and so with its answers: one line each. */
public final class HealthText {

    private HealthText() {}

    /** What {@code leaks} tells of it: the complaints, and how a trace fares even if it is well. */
    static List<String> of(Report report) {
        AgentHealth agent = report.agent();
        List<String> lines = eyes(agent);
        TraceHealth trace = agent.trace();
        if (trace != null) {
            lines.add(traceText(trace));
        }
        lines.addAll(losses(report));
        return lines;
    }

    /** What is wrong, or is not whole; nothing if all is well. */
    public static List<String> complaints(Report report) {
        AgentHealth agent = report.agent();
        List<String> lines = eyes(agent);
        TraceHealth trace = agent.trace();
        if (trace != null && (trace.dropped() > 0 || trace.ended() != null)) {
            lines.add(traceText(trace));
        }
        lines.addAll(losses(report));
        lines.addAll(wrongSums(report.totals()));
        return lines;
    }

    /** How a trace fares, in one line. */
    public static String traceText(TraceHealth trace) {
        String ended = trace.ended();
        return "trace: " + Wording.count(trace.lines(), "event") + " written"
                + (trace.dropped() == 0 ? "" : ", " + Wording.number(trace.dropped()) + " dropped")
                + (ended == null ? "" : "; it has ended: " + Printable.of(ended));
    }

    private static List<String> eyes(AgentHealth agent) {
        List<String> lines = new ArrayList<>();
        for (Hook hook : agent.hooks()) {
            if (hook.state() == HookState.MISSING) {
                lines.add("hook missing: " + Printable.of(hook.method()) + " (" + Printable.of(hook.event())
                        + "): its sockets are not seen"
                        + (hook.detail() == null ? "" : ": " + Printable.of(hook.detail())));
            }
        }
        for (Source source : agent.sources()) {
            if (!source.used()) {
                lines.add("not read: " + Printable.of(source.name())
                        + (source.detail() == null ? "" : ": " + Printable.of(source.detail())));
            }
        }
        if (agent.disagreements() > 0) {
            lines.add(Wording.count(agent.disagreements(), "ledger entry").replace("entrys", "entries")
                    + " not confirmed by the kernel since start, left out of every total");
        }
        return lines;
    }

    private static List<String> losses(Report report) {
        AgentHealth agent = report.agent();
        List<String> lines = new ArrayList<>();
        CaptureHealth capture = agent.capture();
        if (capture != null) {
            lines.add("opening stacks of " + Wording.count(capture.leftOut(), "socket")
                    + " were not taken, the last of them "
                    + Wording.between(capture.last(), report.takenAt()) + " ago: capture.budget is "
                    + Wording.share(capture.budget())
                    + " of a core; all sockets are counted, and figures with \u2248 are estimates");
        }
        if (agent.internalErrors() > 0) {
            String latest = agent.lastError();
            lines.add(Wording.count(agent.internalErrors(), "error") + " inside the agent since start"
                    + (latest == null ? "" : "; the latest: " + Printable.of(latest)));
        }
        return lines;
    }

    private static List<String> wrongSums(Totals totals) {
        List<String> lines = new ArrayList<>();
        if (totals.tracked() + totals.untracked() != totals.sockets()) {
            lines.add("tracked and untracked are together " + Wording.number(totals.tracked() + totals.untracked())
                    + ", and there are " + Wording.count(totals.sockets(), "socket"));
        }
        int byState = totals.notTcp() + sum(totals.byState());
        if (byState != totals.sockets()) {
            lines.add("the states are together " + Wording.number(byState) + ", and there are "
                    + Wording.count(totals.sockets(), "socket"));
        }
        Map<Protocol, Integer> byProtocol = totals.byProtocol();
        if (byProtocol != null && sum(byProtocol) != totals.sockets()) {
            lines.add("the protocols are together " + Wording.number(sum(byProtocol)) + ", and there are "
                    + Wording.count(totals.sockets(), "socket"));
        }
        return lines;
    }

    private static int sum(Map<?, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
