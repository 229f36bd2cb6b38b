// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.log.InternalErrors;
import io.github.sockblame.agent.log.Log;
import java.lang.instrument.Instrumentation;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Starts the agent, once, and publishes the result in two system properties. A viewer can read them by attach alone,
 * without help from the agent.
 */
public final class AgentLifecycle {

    /** The version of the agent in this JVM. */
    static final String VERSION_PROPERTY = "io.github.sockblame.version";

    /** {@code watching}, or {@code failed: } and the reason in one line. */
    static final String STATUS_PROPERTY = "io.github.sockblame.status";

    /** Not an {@code AtomicBoolean}, because its variable handle would be the first one of most programs. */
    private static final AtomicInteger FAILURES = new AtomicInteger();

    private static @Nullable Agent agent;

    private AgentLifecycle() {}

    /**
     * Starts the agent; if it is there already, only registers its MXBean. Never throws.
     *
     * @param argument the text after {@code =} in {@code -javaagent}
     * @param late whether the program is running already
     */
    public static synchronized void start(@Nullable String argument, Instrumentation instrumentation, boolean late) {
        if (FAILURES.get() > 0) {
            return; // already reported; another try would leave another thread and transformer behind
        }
        try {
            Agent running = agent;
            if (running == null) {
                System.setProperty(VERSION_PROPERTY, version());
                System.setProperty(STATUS_PROPERTY, "watching");
                running = Agent.start(options(argument), instrumentation, late);
                agent = running;
            }
            if (late) {
                running.registerMXBean();
            }
        } catch (Throwable t) {
            reportStartupFailure(t);
        }
    }

    /** Removes this agent from the JVM, and returns the result in one line. Never throws. */
    static synchronized String detach(Agent leaving) {
        if (agent != leaving) {
            return "detached already";
        }
        String line = leaving.detach().summary();
        agent = null;
        String unused = System.clearProperty(VERSION_PROPERTY);
        String unusedToo = System.clearProperty(STATUS_PROPERTY);
        return line;
    }

    private static AgentOptions options(@Nullable String argument) {
        OptionParser.Parsed parsed = OptionParser.parse(argument, new OptionParser.Lookup() {
            @Override
            public @Nullable String property(String name) {
                return System.getProperty(name);
            }

            @Override
            public @Nullable String variable(String name) {
                return System.getenv(name);
            }
        });
        if (parsed.warning() != null) {
            Log.line(parsed.warning());
        }
        return parsed.options();
    }

    /** Reports, once, that the agent does not work, with the reason. */
    static void reportStartupFailure(Throwable why) {
        InternalErrors.total(why);
        if (FAILURES.getAndIncrement() > 0) {
            return;
        }
        String line = String.valueOf(why).replace('\n', ' ').replace('\r', ' ');
        Log.line("steps aside, the program runs without it: " + line);
        try {
            System.setProperty(STATUS_PROPERTY, "failed: " + line);
        } catch (SecurityException e) {
            InternalErrors.total(e); // on a thread of a program that may not
        }
    }

    /** The agent's version, from its jar. */
    static String version() {
        String version = AgentLifecycle.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
