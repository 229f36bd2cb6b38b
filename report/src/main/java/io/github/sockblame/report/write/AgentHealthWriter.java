// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.write;

import io.github.sockblame.report.AgentHealth;
import io.github.sockblame.report.CaptureHealth;
import io.github.sockblame.report.Hook;
import io.github.sockblame.report.ProgramPackage;
import io.github.sockblame.report.Source;
import io.github.sockblame.report.StackMemory;
import io.github.sockblame.report.TraceHealth;
import io.github.sockblame.report.WatchHealth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the agent's report on itself. */
final class AgentHealthWriter {

    private final JsonFields to;

    AgentHealthWriter(JsonFields to) {
        this.to = to;
    }

    void write(String name, AgentHealth agent) {
        to.start(name);
        to.startArray("hooks");
        for (Hook hook : agent.hooks()) {
            to.start();
            to.text("method", hook.method());
            to.text("event", hook.event());
            to.constant("state", hook.state());
            to.text("detail", hook.detail());
            to.end();
        }
        to.endArray();
        to.startArray("sources");
        for (Source source : agent.sources()) {
            to.start();
            to.text("name", source.name());
            to.flag("used", source.used());
            to.text("detail", source.detail());
            to.end();
        }
        to.endArray();
        to.number("internalErrors", agent.internalErrors());
        to.text("lastError", agent.lastError());
        to.number("unconfirmed", agent.unconfirmed());
        trace("trace", agent.trace());
        capture("capture", agent.capture());
        watch("watch", agent.watch());
        stackMemory("stackMemory", agent.stackMemory());
        program("program", agent.program());
        to.end();
    }

    private void trace(String name, @Nullable TraceHealth trace) {
        if (trace == null) {
            to.none(name);
            return;
        }
        to.start(name);
        to.number("lines", trace.lines());
        to.number("dropped", trace.dropped());
        to.text("endReason", trace.endReason());
        to.end();
    }

    private void capture(String name, @Nullable CaptureHealth capture) {
        if (capture == null) {
            to.none(name);
            return;
        }
        to.start(name);
        to.real("budget", capture.budget());
        to.number("skippedStacks", capture.skippedStacks());
        to.time("firstSkippedAt", capture.firstSkippedAt());
        to.time("lastSkippedAt", capture.lastSkippedAt());
        to.end();
    }

    private void watch(String name, @Nullable WatchHealth watch) {
        if (watch == null) {
            to.none(name);
            return;
        }
        to.start(name);
        to.time("lastRoundAt", watch.lastRoundAt());
        to.time("nextRoundAt", watch.nextRoundAt());
        to.duration("longestDelay", watch.longestDelay());
        to.duration("longestInterval", watch.longestInterval());
        to.texts("stalled", watch.stalled());
        to.end();
    }

    private void stackMemory(String name, @Nullable StackMemory memory) {
        if (memory == null) {
            to.none(name);
            return;
        }
        to.start(name);
        to.number("limitBytes", memory.limitBytes());
        to.number("usedBytes", memory.usedBytes());
        to.number("cutStacks", memory.cutStacks());
        to.number("discardedStacks", memory.discardedStacks());
        to.end();
    }

    private void program(String name, @Nullable List<ProgramPackage> packages) {
        if (packages == null) {
            to.none(name);
            return;
        }
        to.startArray(name);
        for (ProgramPackage one : packages) {
            to.start();
            to.text("name", one.name());
            to.constant("source", one.source());
            to.end();
        }
        to.endArray();
    }
}
