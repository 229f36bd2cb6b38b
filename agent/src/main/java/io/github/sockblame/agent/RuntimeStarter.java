// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.bootstrap.ProbeInstaller;
import io.github.sockblame.agent.instrument.Hooks;
import io.github.sockblame.agent.jdk.JdkAccess;
import io.github.sockblame.agent.jdk.OwnDomain;
import io.github.sockblame.agent.kernel.fd.InitialDescriptors;
import io.github.sockblame.agent.log.ErrorText;
import io.github.sockblame.agent.log.InternalErrors;
import io.github.sockblame.agent.log.Log;
import io.github.sockblame.agent.options.AgentOptions;
import io.github.sockblame.agent.reporting.ProgramInfo;
import io.github.sockblame.agent.watch.Watch;
import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/** Makes the agent's working part on its first use, once. */
final class RuntimeStarter {

    private final AgentOptions options;
    private final Instrumentation instrumentation;
    private final Hooks hooks;
    private final Watch watch;
    private final boolean attachedLate;
    private final InitialDescriptors initial;
    private final long startedMillis = System.currentTimeMillis();
    private final long errorsBefore = InternalErrors.total();
    private volatile @Nullable AgentRuntime started;
    private @Nullable Throwable failure;
    private @Nullable Throwable unpublished;
    private @Nullable JdkAccess openedJdk;

    RuntimeStarter(
            AgentOptions options, Instrumentation instrumentation, Hooks hooks, Watch watch, boolean attachedLate) {
        this.options = options;
        this.instrumentation = instrumentation;
        this.hooks = hooks;
        this.watch = watch;
        this.attachedLate = attachedLate;
        this.initial = attachedLate ? InitialDescriptors.all() : InitialDescriptors.in(new File("/proc/self/fd"));
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
        if (known != null) {
            return known;
        }
        try {
            return startOnce();
        } finally {
            Throwable why = takeUnpublished();
            if (why != null) {
                StatusProperties.publishFailure(
                        why); // without the lock: the program may have its own system properties
            }
        }
    }

    private synchronized @Nullable Throwable takeUnpublished() {
        Throwable why = unpublished;
        unpublished = null;
        return why;
    }

    private synchronized AgentRuntime startOnce() {
        if (failure != null) {
            throw new IllegalStateException("the agent could not start: " + ErrorText.of(failure), failure);
        }
        AgentRuntime known = started;
        if (known == null) {
            try {
                known = makeRuntime();
                started = known;
            } catch (Throwable t) {
                InternalErrors.rethrowIfTransient(t);
                failure = t;
                unpublished = t;
                throw new IllegalStateException("the agent could not start: " + ErrorText.of(t), t);
            }
        }
        return known;
    }

    /**
     * Takes what a security manager could refuse later: the access to the JDK, and all permissions for the agent's own
     * code.
     *
     * @throws IOException if the agent's jar cannot be read
     * @throws ReflectiveOperationException if this JDK lacks what that needs
     * @throws SecurityException if a security manager of the command line refuses it
     */
    synchronized void takePermissions() throws IOException, ReflectiveOperationException {
        OwnDomain.grantAll(jdk());
    }

    private JdkAccess jdk() throws IOException, ReflectiveOperationException {
        JdkAccess known = openedJdk;
        if (known == null) {
            known = JdkAccess.open(instrumentation);
            openedJdk = known;
            OwnFileSystem.use(known);
        }
        return known;
    }

    private AgentRuntime makeRuntime() throws Exception {
        JdkAccess jdk = jdk();
        String otherWay = ProbeInstaller.install(jdk, instrumentation);
        if (otherWay != null && options.verbose()) {
            Log.line("the probe was " + otherWay);
        }
        return AgentRuntime.start(
                options,
                new ProgramInfo(StatusProperties.version(), startedMillis, attachedLate),
                new CurrentStatus(hooks, watch, errorsBefore),
                jdk,
                instrumentation,
                initial,
                watch);
    }
}
