// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import io.github.sockblame.report.AgentHealth;
import io.github.sockblame.report.CaptureHealth;
import io.github.sockblame.report.Hook;
import io.github.sockblame.report.HookState;
import io.github.sockblame.report.Protocol;
import io.github.sockblame.report.Reduction;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SafeText;
import io.github.sockblame.report.Source;
import io.github.sockblame.report.StackMemory;
import io.github.sockblame.report.Totals;
import io.github.sockblame.report.TraceHealth;
import io.github.sockblame.report.WatchHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The problems of the agent itself, which limit its answers: one line each. */
public final class HealthText {

    /** A round that is late by less is nothing: the machine may be busy. */
    private static final Duration TOLERATED_DELAY = Duration.ofSeconds(5);

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
        Reduction reduction = report.reduction();
        if (reduction != null) {
            lines.add(ReductionText.of(reduction));
        }
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
                lines.add((source.limitsReport() ? "limited: " : "not read: ")
                        + SafeText.of(source.name())
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
        List<String> lines = watchProblems(report);
        CaptureHealth capture = agent.capture();
        if (capture != null) {
            lines.add("opening stacks of " + TextFormat.count(capture.skippedStacks(), "socket")
                    + " were not captured, the last of them "
                    + TextFormat.between(capture.lastSkippedAt(), report.takenAt()) + " ago: capture.budget is "
                    + TextFormat.share(capture.budget())
                    + " of a core; all sockets are counted, and figures with \u2248 are estimates");
        }
        StackMemory memory = agent.stackMemory();
        if (memory != null && memory.hasLoss()) {
            lines.add(stackMemoryText(memory));
        }
        if (agent.internalErrors() > 0) {
            String latest = agent.lastError();
            lines.add(TextFormat.count(agent.internalErrors(), "error") + " inside the agent since start"
                    + (latest == null ? "" : "; the latest: " + SafeText.of(latest)));
        }
        return lines;
    }

    /** The latest round of the watch thread, in a few words. */
    static String watchText(@Nullable WatchHealth watch, Instant now) {
        if (watch == null) {
            return "unknown";
        }
        Instant last = watch.lastRoundAt();
        return (last == null ? "no round yet" : "last round " + TextFormat.between(last, now) + " ago") + ", "
                + (watch.nextRoundAt().isBefore(now)
                        ? "the next was due " + TextFormat.between(watch.nextRoundAt(), now) + " ago"
                        : "the next is due in " + TextFormat.between(now, watch.nextRoundAt()));
    }

    private static List<String> watchProblems(Report report) {
        WatchHealth watch = report.agent().watch();
        List<String> lines = new ArrayList<>();
        if (watch != null && watch.nextRoundAt().plus(TOLERATED_DELAY).isBefore(report.takenAt())) {
            lines.add("watch thread: " + watchText(watch, report.takenAt())
                    + ": ages are coarse, and there are no alerts");
        }
        if (watch != null) {
            watch.stalled().forEach(sentence -> lines.add(SafeText.of(sentence)));
        }
        return lines;
    }

    private static String stackMemoryText(StackMemory memory) {
        return "stacks.max is " + TextFormat.size(memory.limitBytes()) + ": "
                + TextFormat.count(memory.cutStacks(), "stack") + " had frames omitted in the middle, and "
                + TextFormat.count(memory.discardedStacks(), "stack") + " were discarded; all sockets are counted";
    }

    private static List<String> sumMismatches(Totals totals) {
        List<String> lines = new ArrayList<>();
        long byTracking = (long) totals.tracked() + totals.untracked();
        if (byTracking != totals.sockets()) {
            lines.add("tracked and untracked sum up to " + TextFormat.number(byTracking) + ", but there are "
                    + TextFormat.count(totals.sockets(), "socket"));
        }
        long byState = totals.notTcp() + sum(totals.byState());
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

    private static long sum(Map<?, Integer> counts) {
        return counts.values().stream().mapToLong(Integer::longValue).sum();
    }
}
