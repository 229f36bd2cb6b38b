// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import java.lang.instrument.Instrumentation;

/**
 * What {@code -javaagent} and the attach API call. Compiled for Java 8, so that an older JVM can say why the agent steps aside
 * instead of failing to load it. It names one other class of the agent, which such a JVM does not come to load: by reflection the call costs
 * a JDK with JEP 416, 18 and later, some thirty classes, most of them made for it.
 */
public final class SockblameAgent {

    private static final int OLDEST = 17;

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
        try {
            String version = System.getProperty("java.specification.version", "0");
            if (version.startsWith("1.") || Integer.parseInt(version) < OLDEST) {
                System.err.println("sockblame: needs Java " + OLDEST + " or later and this is " + version
                        + ": the program runs without it");
                return;
            }
            AgentLifecycle.start(options, instrumentation, late);
        } catch (Throwable why) {
            // nothing may leave: an exception out of premain ends the JVM
            try {
                System.err.println("sockblame: steps aside, the program runs without it: " + why);
            } catch (Throwable again) {
                // not even this, which has no memory to put it into words
            }
        }
    }
}
