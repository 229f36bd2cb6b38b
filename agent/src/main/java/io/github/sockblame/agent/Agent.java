// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.instrument.HookSummary;
import io.github.sockblame.agent.instrument.Hooks;
import io.github.sockblame.agent.instrument.OwnPermissions;
import io.github.sockblame.agent.jdk.StackHeadroom;
import io.github.sockblame.agent.jmx.Detachable;
import io.github.sockblame.agent.jmx.DumpDirectory;
import io.github.sockblame.agent.jmx.MBeanRegistration;
import io.github.sockblame.agent.log.Deliveries;
import io.github.sockblame.agent.log.InternalErrors;
import io.github.sockblame.agent.log.Log;
import io.github.sockblame.agent.options.AgentOptions;
import io.github.sockblame.agent.request.AttachOperations;
import io.github.sockblame.agent.service.ReportService;
import io.github.sockblame.agent.watch.Watch;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;

/**
 * The agent in this JVM: one, however often it is loaded.
 *
 * <p>Its costs are deferred until they are needed. At start it registers a transformer and a sleeping thread; the
 * probe, the ledger and Byte Buddy come with the first class of sockets, the MXBean with the first MBean server.
 */
final class Agent implements Hooks.HookCallbacks {

    /** What a registration that waits holds in memory, about. */
    private static final int REGISTRATION_BYTES = 256;

    private final AgentOptions options;
    private final Detachable detachable;
    private final Hooks hooks;
    private final HookRetry hookRetry;
    private final Retries retries;
    private final Watch watch;
    private final RuntimeStarter runtimeStarter;
    private volatile boolean detached;
    private volatile boolean withoutJmx;
    private volatile boolean exposed;

    private Agent(AgentOptions options, Instrumentation instrumentation, boolean late, Detachable detachable) {
        this.options = options;
        this.detachable = detachable;
        hooks = new Hooks(instrumentation);
        hookRetry = new HookRetry(hooks);
        retries = new Retries(hookRetry, this);
        watch = Watch.start(retries);
        runtimeStarter = new RuntimeStarter(options, instrumentation, hooks, watch, late);
    }

    /**
     * Starts the agent.
     *
     * @param late whether the program is running already
     * @param detachable removes this agent; for the MXBean
     */
    static Agent start(AgentOptions options, Instrumentation instrumentation, boolean late, Detachable detachable)
            throws UnmodifiableClassException, IOException, ReflectiveOperationException {
        long began = System.nanoTime();
        Agent agent = new Agent(options, instrumentation, late, detachable);
        try {
            agent.begin(late);
        } catch (Throwable t) { // nothing of a start that fails halfway may stay
            agent.detach(new DetachResult());
            throw t;
        }
        if (options.verbose()) {
            long millis = (System.nanoTime() - began) / 1_000_000;
            Log.line(StatusProperties.version() + " watches this JVM; " + HookSummary.of(agent.hooks.status()) + " ("
                    + millis + " ms)");
        }
        return agent;
    }

    private void begin(boolean late) throws UnmodifiableClassException, IOException, ReflectiveOperationException {
        if (OwnPermissions.isSandboxed() || (late && OwnPermissions.mayBeNeeded())) {
            runtimeStarter.takePermissions(); // the program may have set its first security manager before
        }
        if (late) {
            AgentRuntime unused = runtimeStarter.start(); // notes the sockets that are open before the agent
        }
        hooks.install(this);
    }

    @Override
    public void onFirstSocketClass() {
        StackHeadroom.require();
        AgentRuntime unused = runtimeStarter.start();
    }

    @Override
    public void onSecurityManager() {
        StackHeadroom.require();
        try {
            runtimeStarter.takePermissions();
        } catch (IOException | ReflectiveOperationException e) {
            InternalErrors.count(e); // if the policy of the program does not name the agent, the first use fails
        }
    }

    @Override
    public void onJmxLoaded() {
        watch.submit(
                new Runnable() { // no lambda: this runs while a class of the program is being loaded
                    @Override
                    public void run() {
                        submitRegistration();
                    }
                });
    }

    private void submitRegistration() {
        AgentRuntime unused = runtimeStarter.start();
        Deliveries.JMX.submit(
                new Runnable() { // no lambda: a failure to link one for lack of memory stays
                    @Override
                    public void run() {
                        registerUnlessDetached();
                    }
                },
                REGISTRATION_BYTES);
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

    private void registerUnlessDetached() {
        try {
            registerMXBean();
        } catch (Throwable t) {
            retries.requestRegistration(); // there was no memory for it
            throw t;
        }
        if (detached && exposed) { // meanwhile
            exposed = false;
            try {
                MBeanRegistration.unregister();
            } catch (Exception e) { // this class names none of JMX, whose module may be missing
                InternalErrors.count(e);
            }
        }
    }

    /**
     * Registers the MXBean unless it is registered. A refusal is no failure of the agent: the program may guard its MBean
     * server, or have no module for JMX. The caller holds no lock of the agent, and is not the watch thread: the MBean
     * server may be a class of the program.
     */
    void registerMXBean() {
        if (detached) {
            return; // its thread was busy when the agent was detached, and gets here now
        }
        AgentRuntime runtime = runtimeStarter.start();
        try {
            if (MBeanRegistration.register(
                    runtime.reports(), new DumpDirectory(options.dumpDirectory()), runtime.alerts(), detachable)) {
                exposed = true;
            }
        } catch (Throwable t) {
            InternalErrors.rethrowIfTransient(t);
            if (!withoutJmx) {
                withoutJmx = true;
                StatusProperties.publishWithoutJmx(t);
            }
        }
    }

    /** The operations for requests that come by attach. */
    AttachOperations operations() {
        return new AttachOperations() {
            @Override
            public ReportService reports() {
                return runtimeStarter.start().reports();
            }

            @Override
            public void register() {
                registerMXBean();
            }

            @Override
            public String detach() {
                return detachable.detach();
            }
        };
    }

    /** Undoes everything but the MXBean, as far as possible. The order is: events, hooks, thread. */
    void detach(DetachResult detachResult) {
        detached = true;
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
    }

    /** Undoes the rest, and completes the result. The caller holds no lock, as in {@link #registerMXBean}. */
    void finishDetach(DetachResult detachResult) {
        if (exposed) { // otherwise it must make no MBean server, and without JMX the registration cannot be linked
            exposed = false;
            detachResult.run("the MXBean is left", MBeanRegistration::unregister);
        }
        if (options.verbose() || !detachResult.isComplete()) {
            Log.line(detachResult.summary());
        }
        Deliveries.end();
    }
}
