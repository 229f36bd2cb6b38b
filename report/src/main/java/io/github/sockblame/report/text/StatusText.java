// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import io.github.sockblame.report.AgentHealth;
import io.github.sockblame.report.CaptureHealth;
import io.github.sockblame.report.FileDescriptors;
import io.github.sockblame.report.HookState;
import io.github.sockblame.report.Program;
import io.github.sockblame.report.ProgramPackage;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.SafeText;
import io.github.sockblame.report.Source;
import io.github.sockblame.report.StackMemory;
import io.github.sockblame.report.Totals;
import io.github.sockblame.report.TraceHealth;
import io.github.sockblame.report.WatchHealth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The state of the agent in one screen: its version and age, its coverage, and its problems. */
public final class StatusText {

    private static final int NAME_COLUMNS = 13;

    /** The packages of the program that are named. */
    private static final int MOST_PACKAGES = 8;

    private final Report report;
    private final TextStyle textStyle;
    private final StringBuilder out = new StringBuilder(1024);

    private StatusText(Report report, TextStyle textStyle) {
        this.report = report;
        this.textStyle = textStyle;
    }

    /** The whole text. Each line ends with a line feed; the last lines have the problems, or that there are none. */
    public static String of(Report report, TextStyle textStyle) {
        StatusText text = new StatusText(report, textStyle);
        text.program();
        text.coverage();
        text.totals();
        text.overhead();
        text.verdict();
        return WrappedText.of(text.out.toString(), textStyle.width());
    }

    private void program() {
        Program program = report.program();
        row(
                "program",
                SafeText.of(program.name()) + " (pid " + program.pid() + "), Java "
                        + SafeText.of(program.javaVersion()) + ", up "
                        + TextFormat.between(program.startedAt(), report.takenAt()));
        row(
                "agent",
                SafeText.of(report.agentVersion()) + ", watching since " + textStyle.moment(program.watchedSince())
                        + " ("
                        + TextFormat.between(program.watchedSince(), report.takenAt()) + "), "
                        + (program.attachedLate()
                                ? "attached late: sockets opened earlier have no opening stack"
                                : "from the beginning of the program"));
        row("report", "of " + textStyle.moment(report.takenAt()));
        row("options", options());
    }

    private String options() {
        Integer leftOut = report.excludedSockets();
        return "grace " + grace(report.grace()) + ", addresses " + (report.hidesAddresses() ? "redacted" : "shown")
                + (leftOut == null || leftOut == 0
                        ? ""
                        : ", " + TextFormat.count(leftOut, "socket") + " excluded by include/exclude")
                + "; other options are not in the report";
    }

    private static String grace(Duration grace) {
        return grace.toMillis() % 1000 == 0 ? TextFormat.duration(grace) : grace.toMillis() + "ms";
    }

    private void coverage() {
        AgentHealth agent = report.agent();
        List<ProgramPackage> program = agent.program();
        if (program != null) {
            row("code", code(program));
        }
        List<String> counts = new ArrayList<>();
        for (HookState state : HookState.values()) {
            long count =
                    agent.hooks().stream().filter(hook -> hook.state() == state).count();
            if (count > 0) {
                counts.add(TextFormat.number(count) + " " + state.word());
            }
        }
        boolean waits = agent.hooks().stream().anyMatch(hook -> hook.state() == HookState.WAITING);
        row(
                "hooks",
                (counts.isEmpty() ? "none" : String.join(", ", counts))
                        + (waits ? "; waiting hooks are in classes that the program has not loaded" : ""));
        List<String> read = agent.sources().stream()
                .filter(Source::used)
                .map(Source::name)
                .map(SafeText::of)
                .toList();
        row("sources", read.isEmpty() ? "none was read" : "read: " + String.join(", ", read));
    }

    /** The packages of the program, each with the reason. */
    private static String code(List<ProgramPackage> program) {
        if (program.isEmpty()) {
            return "no package of the program was found: the culprit is the first frame outside the JDK and the listed"
                    + " libraries; the option app names packages";
        }
        List<String> names = new ArrayList<>();
        for (ProgramPackage one : program.subList(0, Math.min(MOST_PACKAGES, program.size()))) {
            names.add(SafeText.of(one.name()) + " (" + one.source().word() + ")");
        }
        int others = program.size() - names.size();
        return String.join(", ", names) + (others > 0 ? " and " + TextFormat.count(others, "other") : "");
    }

    private void totals() {
        Totals totals = report.totals();
        boolean equal = totals.tracked() + totals.untracked() == totals.sockets();
        row(
                "sockets",
                TextFormat.number(totals.sockets()) + (equal ? " = " : " is not ") + TextFormat.number(totals.tracked())
                        + " tracked + " + TextFormat.number(totals.untracked()) + " untracked; leaks "
                        + (report.canDenyLeaks() || report.hasLeaks()
                                ? TextFormat.number(totals.leaked())
                                : "not judged"));
        FileDescriptors fds = report.fileDescriptors();
        row(
                "fds",
                fds.open() < 0
                        ? "unknown"
                        : TextFormat.number(fds.open())
                                + (fds.limit() < 0
                                        ? ""
                                        : " of " + TextFormat.number(fds.limit()) + " ("
                                                + TextFormat.percent(fds.open(), fds.limit()) + ")"));
    }

    private void overhead() {
        AgentHealth agent = report.agent();
        CaptureHealth capture = agent.capture();
        boolean limited = agent.sources().stream()
                .anyMatch(source -> source.limitsReport() && source.name().equals(Source.STACK_TRACES));
        row(
                "stacks",
                capture == null
                        ? limited ? "limited by this JVM: see the problems" : "captured for every opening"
                        : "not captured for " + TextFormat.count(capture.skippedStacks(), "opening")
                                + ": the budget of " + TextFormat.share(capture.budget()) + " of a core was used up");
        row("watch thread", watchThread());
        StackMemory memory = agent.stackMemory();
        if (memory != null) {
            row(
                    "stack memory",
                    TextFormat.size(memory.usedBytes()) + ", limit " + TextFormat.size(memory.limitBytes())
                            + (memory.hasLoss() ? ": some stacks are incomplete" : ""));
        }
        TraceHealth trace = agent.trace();
        row("trace", trace == null ? "none" : HealthText.traceText(trace).replaceFirst("^trace: ", ""));
        row(
                "errors",
                agent.internalErrors() == 0 ? "none" : TextFormat.number(agent.internalErrors()) + " inside the agent");
        row(
                "unconfirmed",
                agent.unconfirmed() == 0
                        ? "none: the kernel confirms every entry of the ledger"
                        : TextFormat.number(agent.unconfirmed()) + " entries of the ledger, excluded from every total");
    }

    private String watchThread() {
        WatchHealth watch = report.agent().watch();
        String latest = HealthText.watchText(watch, report.takenAt());
        return watch == null || watch.lastRoundAt() == null
                ? latest
                : latest + "; at most " + TextFormat.duration(watch.longestInterval()) + " between two rounds, at most "
                        + TextFormat.duration(watch.longestDelay()) + " late";
    }

    private void verdict() {
        List<String> complaints = HealthText.problems(report);
        if (complaints.isEmpty()) {
            line("all well");
            return;
        }
        line(textStyle.warn("problems:"));
        for (String complaint : complaints) {
            line("  " + complaint);
        }
    }

    private void row(String name, String text) {
        line(name + " ".repeat(Math.max(0, NAME_COLUMNS - name.length())) + text);
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
