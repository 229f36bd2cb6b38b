// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.bootstrap.ProbeInstaller;
import io.github.sockblame.agent.instrument.Hooks;
import io.github.sockblame.agent.jdk.JdkAccess;
import io.github.sockblame.agent.log.InternalErrors;
import io.github.sockblame.agent.log.Log;
import io.github.sockblame.agent.options.AgentOptions;
import io.github.sockblame.agent.reporting.ProgramInfo;
import io.github.sockblame.agent.watch.Watch;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/** Makes the agent's working part on its first use, once. */
final class RuntimeStarter {

    private final AgentOptions options;
    private final Instrumentation instrumentation;
    private final Hooks hooks;
    private final Watch watch;
    private final boolean attachedLate;
    private final long startedMillis = System.currentTimeMillis();
    private final long errorsBefore = InternalErrors.total();
    private volatile @Nullable AgentRuntime started;
    private @Nullable Throwable failure;

    RuntimeStarter(
            AgentOptions options, Instrumentation instrumentation, Hooks hooks, Watch watch, boolean attachedLate) {
        this.options = options;
        this.instrumentation = instrumentation;
        this.hooks = hooks;
        this.watch = watch;
        this.attachedLate = attachedLate;
    }

    /** The working part; null if it was not needed yet. */
    @Nullable AgentRuntime started() {
        return started;
    }

    /**
     * The working part, made on first use.
     *
     * @throws IllegalStateException if it cannot be made; then no hook is woven, and the program runs as without the
     *     agent. A transient error is thrown as it is, and the next use tries again
     */
    AgentRuntime start() {
        AgentRuntime known = started;
        return known != null ? known : startOnce();
    }

    private synchronized AgentRuntime startOnce() {
        if (failure != null) {
            throw new IllegalStateException("the agent could not start: " + failure, failure);
        }
        AgentRuntime known = started;
        if (known == null) {
            try {
                known = makeRuntime();
                started = known;
            } catch (Throwable t) {
                InternalErrors.rethrowIfTransient(t);
                failure = t;
                StatusProperties.publishFailure(t);
                throw new IllegalStateException("the agent could not start: " + t, t);
            }
        }
        return known;
    }

    private AgentRuntime makeRuntime() throws Exception {
        JdkAccess jdk = JdkAccess.open(instrumentation);
        String otherWay = ProbeInstaller.install(jdk, instrumentation);
        if (otherWay != null && options.verbose()) {
            Log.line("the probe was " + otherWay);
        }
        return AgentRuntime.start(
                options,
                new ProgramInfo(StatusProperties.version(), startedMillis, attachedLate),
                new CurrentStatus(hooks, watch, errorsBefore),
                jdk,
                watch);
    }
}
