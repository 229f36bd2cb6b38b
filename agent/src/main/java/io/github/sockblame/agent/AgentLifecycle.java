// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.jmx.Detachable;
import io.github.sockblame.agent.log.Log;
import io.github.sockblame.agent.options.AgentOptions;
import io.github.sockblame.agent.options.OptionParser;
import io.github.sockblame.agent.options.OptionSource;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import org.jspecify.annotations.Nullable;

/** Starts the agent, once, and detaches it. One object is one life of the agent in this JVM, from start to detach. */
final class AgentLifecycle implements Detachable {

    private static @Nullable AgentLifecycle current;

    private final Agent agent;

    private AgentLifecycle(AgentOptions options, Instrumentation instrumentation, boolean late)
            throws UnmodifiableClassException {
        agent = Agent.start(options, instrumentation, late, this);
    }

    /**
     * Starts the agent; if it is there already, only registers its MXBean. Never throws.
     *
     * @param argument the text after {@code =} in {@code -javaagent}
     * @param late whether the program is running already
     */
    public static synchronized void start(@Nullable String argument, Instrumentation instrumentation, boolean late) {
        if (StatusProperties.hasFailed()) {
            return; // already reported; another try would leave another thread and transformer behind
        }
        try {
            AgentLifecycle running = current;
            if (running == null) {
                StatusProperties.publishWatching();
                running = new AgentLifecycle(options(argument), instrumentation, late);
                current = running;
            }
            if (late) {
                running.agent.registerMXBean();
            }
        } catch (Throwable t) {
            StatusProperties.publishFailure(t);
        }
    }

    /** Removes this agent from the JVM, unless it is gone already. */
    @Override
    public String detach() {
        synchronized (AgentLifecycle.class) {
            if (current != this) {
                return "detached already";
            }
            String summary = agent.detach().summary();
            current = null;
            StatusProperties.clear();
            return summary;
        }
    }

    private static AgentOptions options(@Nullable String argument) {
        OptionParser parsed = OptionParser.parse(argument, new OptionSource());
        String warning = parsed.warning();
        if (warning != null) {
            Log.line(warning);
        }
        return parsed.options();
    }
}
