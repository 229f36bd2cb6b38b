// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.jmx.Detachable;
import io.github.sockblame.agent.log.InternalErrors;
import io.github.sockblame.agent.log.Log;
import io.github.sockblame.agent.memory.HeapRoom;
import io.github.sockblame.agent.memory.MetaspaceLimit;
import io.github.sockblame.agent.memory.ScarceHeap;
import io.github.sockblame.agent.options.AgentOptions;
import io.github.sockblame.agent.options.FileRequests;
import io.github.sockblame.agent.options.OptionParser;
import io.github.sockblame.agent.options.OptionSource;
import io.github.sockblame.agent.options.ReportFolder;
import io.github.sockblame.agent.request.AttachRequestServer;
import io.github.sockblame.agent.sampling.RetryPause;
import io.github.sockblame.report.AttachRequest;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import org.jspecify.annotations.Nullable;

/** Starts the agent, once, and detaches it. One object is one life of the agent in this JVM, from start to detach. */
final class AgentLifecycle implements Detachable {

    private static volatile @Nullable AgentLifecycle current;

    /**
     * Whether a thread is starting or detaching an agent now. The lock of this class guards it. No thread holds that
     * lock during the work, because the work calls transformers and system properties of the program, which may never return.
     */
    private static boolean changing;

    private final Agent agent;

    private AgentLifecycle(AgentOptions options, Instrumentation instrumentation, boolean late)
            throws UnmodifiableClassException, IOException, ReflectiveOperationException {
        agent = Agent.start(options, instrumentation, late, this);
    }

    /**
     * Starts the agent; if it is there already, only registers its MXBean. Never throws.
     *
     * @param argument the text after {@code =} in {@code -javaagent}, or a request of a viewer, which starts no agent
     * @param late whether the program is running already
     */
    public static void start(@Nullable String argument, Instrumentation instrumentation, boolean late) {
        if (late && argument != null && argument.startsWith(AttachRequest.PREFIX)) {
            answer(argument);
        } else {
            startAndRegister(argument, instrumentation, late);
        }
    }

    private static void answer(String argument) {
        try {
            AgentLifecycle running = current;
            AttachRequestServer.answer(
                    AttachRequest.parse(argument), running == null ? null : running.agent.operations());
        } catch (Throwable t) {
            InternalErrors.count(t);
        }
    }

    private static void startAndRegister(@Nullable String argument, Instrumentation instrumentation, boolean late) {
        try {
            if (late && current == null && !hasHeap()) {
                return;
            }
            AgentLifecycle running = startOnce(argument, instrumentation, late);
            if (late && running != null) {
                running.agent.registerMXBean();
            }
        } catch (Throwable t) {
            StatusProperties.publishFailure(t);
        } finally {
            Log.awaitPrinted(); // before the program begins to print
        }
    }

    private static @Nullable AgentLifecycle startOnce(
            @Nullable String argument, Instrumentation instrumentation, boolean late)
            throws UnmodifiableClassException, IOException, ReflectiveOperationException {
        if (StatusProperties.hasFailed()) {
            return null; // already reported; another try would leave another thread and transformer behind
        }
        synchronized (AgentLifecycle.class) {
            if (changing || current != null) {
                return changing ? null : current;
            }
            changing = true;
        }
        try {
            StatusProperties.publishWatching();
            requireMetaspace(instrumentation);
            OwnFileSystem.useIfReplaced(instrumentation);
            AgentOptions options = options(argument);
            if (options.fileRequests() == FileRequests.NEVER) {
                StatusProperties.publishWithoutFileRequests();
            }
            AgentLifecycle running = new AgentLifecycle(options, instrumentation, late);
            current = running;
            return running;
        } finally {
            endChange();
        }
    }

    private static synchronized void endChange() {
        changing = false;
    }

    /**
     * Returns whether the heap of the running program has room for the agent. If not, it publishes the reason for the
     * viewer. It is no failure: another attach may find room.
     */
    private static boolean hasHeap() {
        String obstacle =
                ScarceHeap.reasonNotToStart(HeapRoom.ofThisJvm(), new RetryPause(HeapRoom.COLLECTION_PAUSE_MILLIS));
        StatusProperties.publishHeap(obstacle);
        if (obstacle != null) {
            Log.line("not started: " + obstacle);
        }
        return obstacle == null;
    }

    /** Steps aside from a JVM that has no room for the agent's classes, before they are loaded. */
    private static void requireMetaspace(Instrumentation instrumentation) {
        String obstacle = MetaspaceLimit.obstacle(instrumentation);
        if (obstacle != null) {
            throw new IllegalStateException(obstacle);
        }
    }

    /** Removes this agent from the JVM, unless it is gone already, or another thread removes it. */
    @Override
    public String detach() {
        synchronized (AgentLifecycle.class) {
            if (changing) {
                return "another request is starting or detaching the agent now";
            }
            if (current != this) {
                return "detached already";
            }
            changing = true;
        }
        DetachResult detachResult = new DetachResult();
        try {
            detachResult.run("the status is not published", StatusProperties::publishDetaching);
            agent.detach(detachResult);
            detachResult.run("its system properties are left", StatusProperties::clear);
        } finally {
            current = null;
            endChange();
        }
        agent.finishDetach(detachResult);
        return detachResult.summary();
    }

    /** The live agent of this JVM; null if there is none. */
    static @Nullable AgentLifecycle current() {
        return current;
    }

    private static AgentOptions options(@Nullable String argument) {
        OptionParser parsed = OptionParser.parse(argument, new OptionSource());
        String warning = parsed.warning();
        if (warning != null) {
            Log.line(warning);
        }
        AgentOptions options = parsed.options();
        String reportFile = options.reportFile();
        String problem = reportFile == null ? null : ReportFolder.problem(reportFile);
        if (problem != null) {
            Log.line(problem);
        }
        return options;
    }
}
