// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.reporting;

import io.github.sockblame.report.Hook;
import io.github.sockblame.report.WatchHealth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The state of the agent itself, for its reports. */
public interface AgentStatus {

    /** Every hook, and its state. */
    List<Hook> hooks();

    /** Returns whether an attempt to weave hooks failed for lack of stack or memory, so that they came late. */
    boolean areHooksLate();

    /** The failure that ended the watch thread; null if there is none. */
    @Nullable String watchFailure();

    /** The rounds of the watch thread; null before they have started. */
    @Nullable WatchHealth watchHealth();

    /** The number of errors inside the agent since it started. */
    long internalErrors();

    /** The latest of them; null if there is none. */
    @Nullable String lastError();
}
