// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.reporting;

import io.github.sockblame.report.Hook;
import io.github.sockblame.report.WatchHealth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An agent with fixed figures. */
final class FakeAgentStatus implements AgentStatus {

    @Nullable String watchFailure;

    boolean hooksLate;

    @Nullable RuntimeException failure;

    @Override
    public List<Hook> hooks() {
        return List.of(ReportBuilderTest.HOOK);
    }

    @Override
    public boolean areHooksLate() {
        return hooksLate;
    }

    @Override
    public @Nullable String watchFailure() {
        RuntimeException thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
        return watchFailure;
    }

    @Override
    public WatchHealth watchHealth() {
        return ReportBuilderTest.ROUNDS;
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
