// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The agent's report on itself.
 *
 * @param hooks every hook that this JDK should have
 * @param sources every source that the agent tried to read
 * @param internalErrors errors inside the agent since its start
 * @param lastError the first line of the latest of them
 * @param unconfirmed ledger entries that the kernel did not confirm since the start; they are in no total
 * @param trace state of the file of the option {@code trace}; null if there is none
 * @param capture what the option {@code capture.budget} left out; null if it left out nothing
 * @param watch the rounds of the watch thread; null in a report of an older agent, and of one that has not started its
 *     rounds
 * @param stackMemory the memory for stacks; null if the agent that wrote the report has no limit of it
 * @param program the packages of the program, by which the agent finds culprits; empty if it found none, null in a
 *     report of an older agent
 */
public record AgentHealth(
        List<Hook> hooks,
        List<Source> sources,
        long internalErrors,
        @Nullable String lastError,
        long unconfirmed,
        @Nullable TraceHealth trace,
        @Nullable CaptureHealth capture,
        @Nullable WatchHealth watch,
        @Nullable StackMemory stackMemory,
        @Nullable List<ProgramPackage> program) {

    public AgentHealth {
        hooks = List.copyOf(hooks);
        sources = List.copyOf(sources);
        program = program == null ? null : List.copyOf(program);
    }

    /** The same without the packages of the program. */
    public AgentHealth(
            List<Hook> hooks,
            List<Source> sources,
            long internalErrors,
            @Nullable String lastError,
            long unconfirmed,
            @Nullable TraceHealth trace,
            @Nullable CaptureHealth capture,
            @Nullable WatchHealth watch,
            @Nullable StackMemory stackMemory) {
        this(hooks, sources, internalErrors, lastError, unconfirmed, trace, capture, watch, stackMemory, null);
    }

    /** The same without the rounds of a watch thread and without a limit of the memory for stacks. */
    public AgentHealth(
            List<Hook> hooks,
            List<Source> sources,
            long internalErrors,
            @Nullable String lastError,
            long unconfirmed,
            @Nullable TraceHealth trace,
            @Nullable CaptureHealth capture) {
        this(hooks, sources, internalErrors, lastError, unconfirmed, trace, capture, null, null);
    }
}
