// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import java.lang.instrument.Instrumentation;

/**
 * The class that {@code -javaagent} and the attach API call. It is compiled for Java 8, so that an older JVM can load it and print why the agent is
 * disabled. It refers to one other class of the agent, which such a JVM never loads. The call is direct: a call by reflection would make a JDK with
 * JEP 416 (18 and later) load some thirty classes more.
 */
public final class SockblameAgent {

    private static final int OLDEST = 17;

    /** Set by the first failure: a viewer that loads the agent again, for an answer, adds no second line. */
    private static volatile boolean disabled;

    private SockblameAgent() {}

    /** Called before the program's {@code main}. */
    public static void premain(String options, Instrumentation instrumentation) {
        start(options, instrumentation, false);
    }

    /** Called when the agent is loaded into a running program. */
    public static void agentmain(String options, Instrumentation instrumentation) {
        start(options, instrumentation, true);
    }

    private static void start(String options, Instrumentation instrumentation, boolean late) {
        if (disabled) {
            return;
        }
        try {
            String version = System.getProperty("java.specification.version", "0");
            if (version.startsWith("1.") || Integer.parseInt(version) < OLDEST) {
                System.err.println("sockblame: needs Java " + OLDEST + " or later and this is " + version
                        + ": the program continues without it");
                return;
            }
            AgentLifecycle.start(options, instrumentation, late);
        } catch (Throwable why) {
            // an exception that leaves premain ends the JVM
            disabled = true;
            try {
                System.err.println("sockblame: agent disabled; the program continues without it: " + why);
            } catch (Throwable again) {
                // there is no memory left for a message
            }
        }
    }
}
