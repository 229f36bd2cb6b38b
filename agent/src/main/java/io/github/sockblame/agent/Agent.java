// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.instrument.HookSummary;
import io.github.sockblame.agent.instrument.Hooks;
import io.github.sockblame.agent.jdk.StackHeadroom;
import io.github.sockblame.agent.jmx.Detachable;
import io.github.sockblame.agent.jmx.DumpDirectory;
import io.github.sockblame.agent.jmx.MBeanRegistration;
import io.github.sockblame.agent.log.InternalErrors;
import io.github.sockblame.agent.log.Log;
import io.github.sockblame.agent.options.AgentOptions;
import io.github.sockblame.agent.watch.Watch;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import javax.management.JMException;

/**
 * The agent in this JVM: one, however often it is loaded.
 *
 * <p>Its costs are deferred until they are needed. At start it registers a transformer and a sleeping thread; the
 * probe, the ledger and Byte Buddy come with the first class of sockets, the MXBean with the first MBean server.
 */
final class Agent implements Hooks.HookCallbacks {

    private final AgentOptions options;
    private final Detachable detachable;
    private final Hooks hooks;
    private final HookRetry hookRetry;
    private final Watch watch;
    private final RuntimeStarter runtimeStarter;
    private volatile boolean detached;

    private Agent(AgentOptions options, Instrumentation instrumentation, boolean late, Detachable detachable) {
        this.options = options;
        this.detachable = detachable;
        hooks = new Hooks(instrumentation);
        hookRetry = new HookRetry(hooks);
        watch = Watch.start(hookRetry);
        runtimeStarter = new RuntimeStarter(options, instrumentation, hooks, watch, late);
    }

    /**
     * Starts the agent.
     *
     * @param late whether the program is running already
     * @param detachable removes this agent; for the MXBean
     */
    static Agent start(AgentOptions options, Instrumentation instrumentation, boolean late, Detachable detachable)
            throws UnmodifiableClassException {
        long began = System.nanoTime();
        Agent agent = new Agent(options, instrumentation, late, detachable);
        if (late) {
            AgentRuntime unused = agent.runtimeStarter.start(); // notes the sockets that are open before the agent
        }
        agent.hooks.install(agent);
        if (options.verbose()) {
            long millis = (System.nanoTime() - began) / 1_000_000;
            Log.line(StatusProperties.version() + " watches this JVM; " + HookSummary.of(agent.hooks.status()) + " ("
                    + millis + " ms)");
        }
        return agent;
    }

    @Override
    public void onFirstSocketClass() {
        StackHeadroom.require();
        AgentRuntime unused = runtimeStarter.start();
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
                            InternalErrors.count(e);
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
        AgentRuntime runtime = runtimeStarter.start();
        MBeanRegistration.register(
                runtime.reports(), new DumpDirectory(options.dumpDirectory()), runtime.alerts(), detachable);
    }

    /** Undoes everything, as far as possible, and returns the result. The order is: events, hooks, thread, MXBean. */
    DetachResult detach() {
        detached = true;
        DetachResult detachResult = new DetachResult();
        AgentRuntime runtime = runtimeStarter.started();
        if (runtime != null) {
            detachResult.run("the hooks still call the agent", AgentRuntime::stopListening);
        }
        detachResult.run("hooks are left", () -> detachResult.hooksRemoved(hooks.remove()));
        detachResult.run("the watch thread still runs", () -> {
            if (!watch.stop(runtime == null ? () -> {} : runtime.resources())) {
                detachResult.addProblem("the watch thread is busy, and ends after its present work");
            }
        });
        detachResult.run("the MXBean is left", MBeanRegistration::unregister);
        if (options.verbose() || !detachResult.isComplete()) {
            Log.line(detachResult.summary());
        }
        return detachResult;
    }
}
