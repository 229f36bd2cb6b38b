// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.bootstrap.JdkAccess;
import io.github.sockblame.agent.bootstrap.ProbeInstaller;
import io.github.sockblame.agent.instrument.Hooks;
import io.github.sockblame.agent.jmx.Detachable;
import io.github.sockblame.agent.jmx.DumpDirectory;
import io.github.sockblame.agent.jmx.MBeanRegistration;
import io.github.sockblame.agent.log.InternalErrors;
import io.github.sockblame.agent.log.Log;
import io.github.sockblame.agent.watch.Watch;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import javax.management.JMException;
import org.jspecify.annotations.Nullable;

/**
 * The agent in this JVM: one, however often it is loaded.
 *
 * <p>Its costs are deferred until they are needed. At start it registers a transformer and a sleeping thread; the
 * probe, the ledger and Byte Buddy come with the first class of sockets, the MXBean with the first MBean server.
 */
final class Agent implements Hooks.HookCallbacks {

    private final AgentOptions options;
    private final Instrumentation instrumentation;
    private final boolean attachedLate;
    private final HookRetry hookRetry = new WeavingRetry();
    private final Watch watch = Watch.start(hookRetry);
    private final long startedMillis = System.currentTimeMillis();
    private final long errorsBefore = InternalErrors.total();
    private volatile @Nullable Hooks hooks;
    private volatile @Nullable AgentRuntime agentRuntime;
    private @Nullable Throwable engineFailure;
    private volatile boolean detached;

    private final class WeavingRetry extends HookRetry {

        @Override
        boolean retryWeaving() throws UnmodifiableClassException {
            Hooks installed = hooks;
            return installed == null || installed.retry();
        }
    }

    private Agent(AgentOptions options, Instrumentation instrumentation, boolean late) {
        this.options = options;
        this.instrumentation = instrumentation;
        this.attachedLate = late;
    }

    static Agent start(AgentOptions options, Instrumentation instrumentation, boolean late)
            throws UnmodifiableClassException, JMException {
        long began = System.nanoTime();
        Agent agent = new Agent(options, instrumentation, late);
        if (late) {
            agent.engine(); // the sockets that are open now are those from before the agent
        }
        agent.hooks = Hooks.install(instrumentation, agent);
        if (options.verbose()) {
            long millis = (System.nanoTime() - began) / 1_000_000;
            Log.line(AgentLifecycle.version() + " watches this JVM; " + agent.hookCount() + " (" + millis + " ms)");
        }
        return agent;
    }

    private String hookCount() {
        Hooks installed = hooks;
        return installed == null ? "no hooks" : HookSummary.of(installed.status());
    }

    @Override
    public void onFirstSocketClass() {
        StackHeadroom.require();
        engine();
    }

    @Override
    public void onJmxLoaded() {
        watch.submit(
                new Runnable() { // no lambda: this runs while a class of the program is being loaded
                    @Override
                    public void run() {
                        try {
                            registerMXBean();
                        } catch (JMException | LinkageError e) {
                            InternalErrors.total(e);
                        }
                    }
                });
    }

    @Override
    public void onWeavingFailed() {
        hookRetry.request();
        watch.wake();
    }

    @Override
    @SuppressWarnings("deprecation") // later JDKs lack it and never call this, so no thread is stopped there
    public void stopThread(Thread thread) {
        watch.submit(new Runnable() {
            @Override
            public void run() {
                thread.stop();
            }
        });
    }

    /** Registers the MXBean unless it is registered. */
    void registerMXBean() throws JMException {
        if (detached) {
            return; // its thread was busy when the agent was detached, and gets here now
        }
        AgentRuntime working = engine();
        MBeanRegistration.register(
                working.reports(),
                new DumpDirectory(options.dumpDirectory()),
                working.alarm(),
                new Detachable() { // no lambda, as above
                    @Override
                    public String detach() {
                        return AgentLifecycle.detach(Agent.this);
                    }
                });
    }

    /** Undoes everything, as far as possible, and returns the result. The order is: events, hooks, thread, MXBean. */
    DetachResult detach() {
        detached = true;
        DetachResult detachResult = new DetachResult();
        AgentRuntime working = agentRuntime;
        if (working != null) {
            detachResult.run("the hooks still call the agent", AgentRuntime::stopListening);
        }
        Hooks installed = hooks;
        if (installed != null) {
            detachResult.run("hooks are left", () -> detachResult.hooksRemoved(installed.remove()));
        }
        detachResult.run("its thread goes on", () -> {
            if (!watch.stop(working == null ? () -> {} : working.closeResources())) {
                detachResult.addProblem("its thread is busy, and ends when it is done");
            }
        });
        detachResult.run("the MXBean is left", MBeanRegistration::unregister);
        if (options.verbose() || !detachResult.isComplete()) {
            Log.line(detachResult.summary());
        }
        return detachResult;
    }

    /** Errors of an earlier agent in this JVM. */
    long errorsBefore() {
        return errorsBefore;
    }

    /**
     * The working part, made on first use.
     *
     * @throws IllegalStateException if it cannot be made; then no hook is woven, and the program runs as without the
     *     agent. A transient error is thrown as it is, and the next use tries again
     */
    private AgentRuntime engine() {
        AgentRuntime known = agentRuntime;
        return known != null ? known : makeEngine();
    }

    private synchronized AgentRuntime makeEngine() {
        if (engineFailure != null) {
            throw new IllegalStateException("the agent could not start: " + engineFailure, engineFailure);
        }
        AgentRuntime known = agentRuntime;
        if (known == null) {
            try {
                JdkAccess door = JdkAccess.open(instrumentation);
                String otherWay = ProbeInstaller.install(door, instrumentation);
                if (otherWay != null && options.verbose()) {
                    Log.line("the probe was " + otherWay);
                }
                known = AgentRuntime.start(this, door, watch);
                agentRuntime = known;
            } catch (Throwable t) {
                InternalErrors.rethrowIfTransient(t);
                engineFailure = t;
                AgentLifecycle.reportStartupFailure(t);
                throw new IllegalStateException("the agent could not start: " + t, t);
            }
        }
        return known;
    }

    @Nullable String watchFailure() {
        return watch.failureCause();
    }

    AgentOptions options() {
        return options;
    }

    boolean isLate() {
        return attachedLate;
    }

    long startedMillis() {
        return startedMillis;
    }

    @Nullable Hooks hooks() {
        return hooks;
    }
}
