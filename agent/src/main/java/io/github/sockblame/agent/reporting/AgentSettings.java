// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.reporting;

import io.github.sockblame.agent.diagnosis.ReportScope;
import io.github.sockblame.agent.diagnosis.verdict.GracePeriods;
import io.github.sockblame.agent.redact.Redaction;
import org.jspecify.annotations.Nullable;

/**
 * The user's options for reports.
 *
 * @param gracePeriods time limits after which a state counts as a problem
 * @param scope the sockets that the options include and exclude select
 * @param redaction replaces the addresses in all output of the JVM; null if there is no redaction
 */
public record AgentSettings(
        GracePeriods gracePeriods,
        ReportScope scope,
        @Nullable Redaction redaction) {}
