// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.log.InternalErrors;
import io.github.sockblame.agent.log.Log;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Publishes the agent's version and state in two system properties. A viewer can read them by attach alone, without
 * help from the agent.
 */
final class StatusProperties {

    /** The version of the agent in this JVM. */
    static final String VERSION_PROPERTY = "io.github.sockblame.version";

    /** {@code watching}, or {@code failed: } and the reason in one line. */
    static final String STATUS_PROPERTY = "io.github.sockblame.status";

    /** Not an {@code AtomicBoolean}, because its variable handle would be the first one of most programs. */
    private static final AtomicInteger FAILURES = new AtomicInteger();

    private StatusProperties() {}

    /** Publishes that the agent watches this JVM. */
    static void publishWatching() {
        System.setProperty(VERSION_PROPERTY, version());
        System.setProperty(STATUS_PROPERTY, "watching");
    }

    /** Publishes and logs, once, that the agent does not work, with the reason. */
    static void publishFailure(Throwable why) {
        InternalErrors.count(why);
        if (FAILURES.getAndIncrement() > 0) {
            return;
        }
        String line = String.valueOf(why).replace('\n', ' ').replace('\r', ' ');
        Log.line("agent disabled; the program continues without it: " + line);
        try {
            System.setProperty(STATUS_PROPERTY, "failed: " + line);
        } catch (SecurityException e) {
            InternalErrors.count(e); // on a thread of a program that may not
        }
    }

    /** Returns whether a failure was published. */
    static boolean hasFailed() {
        return FAILURES.get() > 0;
    }

    /** Removes both properties. */
    static void clear() {
        String unused = System.clearProperty(VERSION_PROPERTY);
        String unusedToo = System.clearProperty(STATUS_PROPERTY);
    }

    /** The agent's version, from its jar. */
    static String version() {
        String version = StatusProperties.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
