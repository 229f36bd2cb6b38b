// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import io.github.sockblame.report.AgentHealth;
import io.github.sockblame.report.CaptureHealth;
import io.github.sockblame.report.Hook;
import io.github.sockblame.report.HookState;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SafeText;
import io.github.sockblame.report.Source;
import io.github.sockblame.report.Totals;
import io.github.sockblame.report.TraceHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The problems of the agent itself, which limit its answers: one line each. */
public final class HealthText {

    private HealthText() {}

    /** The lines for {@code leaks}: the problems, and the state of a trace even if it has none. */
    static List<String> of(Report report) {
        AgentHealth agent = report.agent();
        List<String> lines = missingSources(agent);
        TraceHealth trace = agent.trace();
        if (trace != null) {
            lines.add(traceText(trace));
        }
        lines.addAll(limits(report));
        return lines;
    }

    /** The lines for what is wrong or incomplete; none if there are no problems. */
    public static List<String> problems(Report report) {
        AgentHealth agent = report.agent();
        List<String> lines = missingSources(agent);
        TraceHealth trace = agent.trace();
        if (trace != null && (trace.dropped() > 0 || trace.endReason() != null)) {
            lines.add(traceText(trace));
        }
        lines.addAll(limits(report));
        lines.addAll(sumMismatches(report.totals()));
        return lines;
    }

    /** The state of a trace, in one line. */
    public static String traceText(TraceHealth trace) {
        String ended = trace.endReason();
        return "trace: " + TextFormat.count(trace.lines(), "event") + " written"
                + (trace.dropped() == 0 ? "" : ", " + TextFormat.number(trace.dropped()) + " dropped")
                + (ended == null ? "" : "; it has ended: " + SafeText.of(ended));
    }

    private static List<String> missingSources(AgentHealth agent) {
        List<String> lines = new ArrayList<>();
        for (Hook hook : agent.hooks()) {
            if (hook.state() == HookState.MISSING) {
                lines.add("hook missing: " + SafeText.of(hook.method()) + " (" + SafeText.of(hook.event())
                        + "): its sockets are not seen"
                        + (hook.detail() == null ? "" : ": " + SafeText.of(hook.detail())));
            }
        }
        for (Source source : agent.sources()) {
            if (!source.used()) {
                lines.add("not read: " + SafeText.of(source.name())
                        + (source.detail() == null ? "" : ": " + SafeText.of(source.detail())));
            }
        }
        if (agent.unconfirmed() > 0) {
            lines.add(TextFormat.count(agent.unconfirmed(), "ledger entry", "ledger entries")
                    + " not confirmed by the kernel since start, excluded from every total");
        }
        return lines;
    }

    private static List<String> limits(Report report) {
        AgentHealth agent = report.agent();
        List<String> lines = new ArrayList<>();
        CaptureHealth capture = agent.capture();
        if (capture != null) {
            lines.add("opening stacks of " + TextFormat.count(capture.skippedStacks(), "socket")
                    + " were not captured, the last of them "
                    + TextFormat.between(capture.lastSkippedAt(), report.takenAt()) + " ago: capture.budget is "
                    + TextFormat.share(capture.budget())
                    + " of a core; all sockets are counted, and figures with \u2248 are estimates");
        }
        if (agent.internalErrors() > 0) {
            String latest = agent.lastError();
            lines.add(TextFormat.count(agent.internalErrors(), "error") + " inside the agent since start"
                    + (latest == null ? "" : "; the latest: " + SafeText.of(latest)));
        }
        return lines;
    }

    private static List<String> sumMismatches(Totals totals) {
        List<String> lines = new ArrayList<>();
        if (totals.tracked() + totals.untracked() != totals.sockets()) {
            lines.add("tracked and untracked sum up to " + TextFormat.number(totals.tracked() + totals.untracked())
                    + ", but there are " + TextFormat.count(totals.sockets(), "socket"));
        }
        int byState = totals.notTcp() + sum(totals.byState());
        if (byState != totals.sockets()) {
            lines.add("the states sum up to " + TextFormat.number(byState) + ", but there are "
                    + TextFormat.count(totals.sockets(), "socket"));
        }
        Map<Protocol, Integer> byProtocol = totals.byProtocol();
        if (byProtocol != null && sum(byProtocol) != totals.sockets()) {
            lines.add("the protocols sum up to " + TextFormat.number(sum(byProtocol)) + ", but there are "
                    + TextFormat.count(totals.sockets(), "socket"));
        }
        return lines;
    }

    private static int sum(Map<?, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
