// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

import io.github.sockblame.agent.alarm.Trigger;
import io.github.sockblame.agent.diagnosis.CulpritFinder;
import io.github.sockblame.agent.diagnosis.GracePeriods;
import io.github.sockblame.agent.diagnosis.Redaction;
import io.github.sockblame.agent.diagnosis.ReportScope;
import io.github.sockblame.agent.kernel.SocketStateReader;
import io.github.sockblame.report.Hook;
import io.github.sockblame.report.Program;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A program and an agent of which everything is known. */
final class FixedSurroundings implements Surroundings {

    private final SocketStateReader states;
    volatile boolean programAsked;
    volatile boolean culpritsAsked;

    @Nullable Redaction redaction;

    @Nullable String death;

    @Nullable RuntimeException failure;

    FixedSurroundings(SocketStateReader states) {
        this.states = states;
    }

    @Override
    public IoThreadLookup owners() {
        return FakeOwners.NONE;
    }

    @Override
    public SocketStateReader states() {
        return states;
    }

    @Override
    public String version() {
        return "test";
    }

    @Override
    public GracePeriods patience() {
        return new GracePeriods(Duration.ofSeconds(3), Duration.ofMinutes(15));
    }

    @Override
    public CulpritFinder culprits() {
        culpritsAsked = true;
        return CulpritFinder.of(List.of(), List.of());
    }

    @Override
    public Program program() {
        programAsked = true;
        return ReportBuilderTest.PROGRAM;
    }

    @Override
    public List<Trigger> triggers() {
        return List.of();
    }

    @Override
    public @Nullable String reportFile() {
        return null;
    }

    @Override
    public @Nullable Redaction redaction() {
        return redaction;
    }

    @Override
    public ReportScope selection() {
        return ReportScope.ALL;
    }

    @Override
    public @Nullable String traceFile() {
        return null;
    }

    @Override
    public long traceMaxBytes() {
        return 0;
    }

    @Override
    public boolean answersFiles() {
        return false;
    }

    @Override
    public List<Hook> hooks() {
        return List.of(ReportBuilderTest.HOOK);
    }

    @Override
    public @Nullable String deathOfWatch() {
        RuntimeException thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
        return death;
    }

    @Override
    public long internalErrors() {
        return 5;
    }

    @Override
    public @Nullable String lastError() {
        return "the last one";
    }
}
