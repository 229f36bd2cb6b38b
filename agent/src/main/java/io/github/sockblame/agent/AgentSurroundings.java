// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.alarm.Trigger;
import io.github.sockblame.agent.diagnosis.CulpritFinder;
import io.github.sockblame.agent.diagnosis.GracePeriods;
import io.github.sockblame.agent.diagnosis.Redaction;
import io.github.sockblame.agent.diagnosis.ReportScope;
import io.github.sockblame.agent.instrument.Hooks;
import io.github.sockblame.agent.kernel.SocketStateReader;
import io.github.sockblame.agent.log.InternalErrors;
import io.github.sockblame.agent.watch.IoThreadLookup;
import io.github.sockblame.agent.watch.Surroundings;
import io.github.sockblame.probe.SocketProbe;
import io.github.sockblame.report.Hook;
import io.github.sockblame.report.Program;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The facts about this JVM and this agent. */
final class AgentSurroundings implements Surroundings {

    private final Agent agent;
    private final SocketStateReader states;
    private final IoThreadLookup owners;
    private final @Nullable Redaction redaction;
    private final long errorsBefore;
    private volatile @Nullable CulpritFinder culprits;
    private volatile @Nullable Program program;

    AgentSurroundings(Agent agent, SocketStateReader states, IoThreadLookup owners) {
        this.agent = agent;
        this.states = states;
        this.owners = owners;
        this.redaction = agent.options().redact() ? new Redaction() : null;
        this.errorsBefore = agent.errorsBefore() + SocketProbe.errorCount(); // those of an earlier, detached agent
    }

    @Override
    public CulpritFinder culprits() {
        CulpritFinder known = culprits;
        if (known == null) {
            known = CulpritFinder.of(agent.options().app(), agent.options().library());
            culprits = known;
        }
        return known;
    }

    @Override
    public String version() {
        return AgentLifecycle.version();
    }

    @Override
    public GracePeriods patience() {
        return new GracePeriods(agent.options().grace(), agent.options().idle());
    }

    @Override
    public Program program() {
        Program known = program;
        if (known == null) {
            known = readProgram();
            program = known;
        }
        return known;
    }

    private Program readProgram() {
        ProcessHandle self = ProcessHandle.current();
        Instant watchedSince = Instant.ofEpochMilli(agent.startedMillis());
        return new Program(
                self.pid(),
                name(System.getProperty("sun.java.command", "")),
                System.getProperty("java.vm.vendor", "unknown vendor") + " "
                        + System.getProperty("java.runtime.version", "unknown version"),
                self.info().startInstant().orElse(watchedSince),
                watchedSince,
                agent.isLate());
    }

    /** Main class or the jar's file name, without arguments, which may contain secrets. */
    static String name(String command) {
        int space = command.indexOf(' ');
        String program = space < 0 ? command : command.substring(0, space);
        String last = program.endsWith(".jar") ? program.substring(program.lastIndexOf('/') + 1) : program;
        return last.isEmpty() ? "a Java program" : last;
    }

    @Override
    public List<Trigger> triggers() {
        return agent.options().alerts();
    }

    @Override
    public @Nullable String reportFile() {
        return agent.options().reportFile();
    }

    @Override
    public @Nullable Redaction redaction() {
        return redaction;
    }

    @Override
    public ReportScope selection() {
        return agent.options().selection();
    }

    @Override
    public @Nullable String traceFile() {
        return agent.options().traceFile();
    }

    @Override
    public long traceMaxBytes() {
        return agent.options().traceMaxBytes();
    }

    @Override
    public boolean answersFiles() {
        return agent.options().answersFileRequests();
    }

    @Override
    public List<Hook> hooks() {
        Hooks hooks = agent.hooks();
        return hooks == null ? List.of() : hooks.status();
    }

    @Override
    public SocketStateReader states() {
        return states;
    }

    @Override
    public IoThreadLookup owners() {
        return owners;
    }

    @Override
    public @Nullable String deathOfWatch() {
        return agent.watchFailure();
    }

    @Override
    public long internalErrors() {
        return SocketProbe.errorCount() + InternalErrors.total() - errorsBefore;
    }

    @Override
    public @Nullable String lastError() {
        if (internalErrors() == 0) {
            return null;
        }
        String probes = SocketProbe.lastError();
        return probes == null ? InternalErrors.last() : probes;
    }
}
