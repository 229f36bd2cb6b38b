// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.HookState;
import io.github.sockblame.report.Report;

/** What must be true of the agent at the end of every scenario. */
public final class AgentHealthChecks {

    private AgentHealthChecks() {}

    public static void check(Report report) {
        checkErrors(report);
        assertThat(report.agent().unconfirmed())
                .as("records that the kernel does not confirm")
                .isZero();
        checkHooks(report);
        checkSums(report);
    }

    /** Of an agent that was made to fail in its hooks. */
    public static void checkWithErrors(Report report) {
        assertThat(report.agent().internalErrors()).isPositive();
        assertThat(report.agent().lastError()).isNotNull();
        checkHooks(report);
        checkSums(report);
    }

    /** Of an agent that finds another JDK than it knows. */
    public static void checkWithoutHooks(Report report) {
        checkErrors(report);
        checkSums(report);
    }

    private static void checkErrors(Report report) {
        assertThat(report.agent().internalErrors())
                .as("internal errors, the last: %s", report.agent().lastError())
                .isZero();
    }

    private static void checkHooks(Report report) {
        assertThat(report.agent().hooks())
                .as("hooks")
                .isNotEmpty()
                .noneMatch(hook -> hook.state() == HookState.MISSING);
    }

    private static void checkSums(Report report) {
        assertThat(report.totals().tracked() + report.totals().untracked())
                .isEqualTo(report.totals().sockets())
                .isEqualTo(report.sockets().size());
    }
}
