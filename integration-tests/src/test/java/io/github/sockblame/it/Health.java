// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.report.HookState;
import io.github.sockblame.report.Report;

/** What must be true of the agent at the end of every scenario. */
final class Health {

    private Health() {}

    static void check(Report report) {
        assertThat(report.agent().internalErrors())
                .as("internal errors, the last: %s", report.agent().lastError())
                .isZero();
        assertThat(report.agent().disagreements())
                .as("records that the kernel does not confirm")
                .isZero();
        assertThat(report.agent().hooks())
                .as("hooks")
                .isNotEmpty()
                .noneMatch(hook -> hook.state() == HookState.MISSING);
        assertThat(report.totals().tracked() + report.totals().untracked())
                .isEqualTo(report.totals().sockets())
                .isEqualTo(report.sockets().size());
    }
}
