// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent;

import io.github.sockblame.agent.instrument.OwnPermissions;
import io.github.sockblame.agent.log.ErrorText;
import io.github.sockblame.agent.log.InternalErrors;
import io.github.sockblame.agent.log.Log;
import io.github.sockblame.report.ProcessStart;
import io.github.sockblame.report.RequestFile;
import java.io.IOException;
import java.security.PrivilegedAction;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the agent's version and state, the process that it is in, and a scarce heap, in four system properties. A
 * viewer can read them by attach alone, without help from the agent.
 */
final class StatusProperties {

    /** The version of the agent in this JVM. */
    static final String VERSION_PROPERTY = "io.github.sockblame.version";

    /**
     * {@code watching}, {@code watching without file requests}, {@code watching without JMX: }, {@code detaching}, or {@code failed: } and
     * the reason in one line.
     */
    static final String STATUS_PROPERTY = "io.github.sockblame.status";

    /** Why a viewer should not use JMX, or why no agent was started: one line. Only while the heap is nearly full. */
    static final String HEAP_PROPERTY = "io.github.sockblame.heap";

    private static final String WATCHING = "watching";
    private static final String DETACHING = "detaching";

    /** Not an {@code AtomicBoolean}, because its variable handle would be the first one of most programs. */
    static final AtomicInteger FAILURES = new AtomicInteger();

    private static volatile boolean withoutFileRequests;

    private StatusProperties() {}

    /** Publishes that the agent watches this JVM. */
    static void publishWatching() {
        System.setProperty(VERSION_PROPERTY, version());
        System.setProperty(STATUS_PROPERTY, WATCHING);
        withoutFileRequests = false;
        try {
            System.setProperty(
                    ProcessStart.PROPERTY, ProcessStart.read("/proc/self/stat").text());
        } catch (IOException e) {
            String unused = System.clearProperty(ProcessStart.PROPERTY); // it may be inherited
        }
    }

    /** Publishes that the agent watches this JVM, but answers no file requests: a viewer need not wait for an answer. */
    static void publishWithoutFileRequests() {
        withoutFileRequests = true;
        publish(WATCHING + " " + RequestFile.UNANSWERED);
    }

    /** Publishes that a thread is detaching the agent now. */
    static void publishDetaching() {
        publish(DETACHING);
    }

    /** Publishes and logs that the agent watches this JVM, but that JMX clients cannot reach it. */
    static void publishWithoutJmx(Throwable why) {
        String line = String.valueOf(why).replace('\n', ' ').replace('\r', ' ');
        publish(WATCHING + " " + (withoutFileRequests ? RequestFile.UNANSWERED + " and " : "") + "without JMX: "
                + line);
        Log.line("cannot register with JMX (" + line + "); the viewer uses other routes");
    }

    /** Publishes and logs, once, that the agent does not work, with the reason. */
    static void publishFailure(Throwable why) {
        InternalErrors.count(why);
        if (FAILURES.getAndIncrement() > 0) {
            return;
        }
        String line = ErrorText.of(why).replace('\n', ' ').replace('\r', ' ');
        Log.line("agent disabled; the program continues without it: " + line);
        try {
            publish("failed: " + line);
        } catch (SecurityException e) {
            InternalErrors.count(e); // the agent itself may not
        }
    }

    /**
     * Publishes that the heap is scarce, or that it is no longer.
     *
     * @param why one line; null if it is not
     */
    static void publishHeap(@Nullable String why) {
        set(HEAP_PROPERTY, why);
    }

    private static void publish(String status) {
        if (OwnPermissions.isSandboxed()) {
            set(VERSION_PROPERTY, version());
        }
        set(STATUS_PROPERTY, status);
    }

    /** With the agent's own permissions, because the program's thread may have fewer. */
    private static void set(String name, @Nullable String value) {
        if (!OwnPermissions.isSandboxed()) {
            setAsCaller(name, value);
            return;
        }
        Object unused = OwnPermissions.run(
                new PrivilegedAction<Object>() { // no lambda: this may run while a class of the program is being loaded
                    @Override
                    public @Nullable Object run() {
                        setAsCaller(name, value);
                        return null;
                    }
                });
    }

    private static void setAsCaller(String name, @Nullable String value) {
        if (value == null) {
            String unused = System.clearProperty(name);
        } else {
            System.setProperty(name, value);
        }
    }

    /** Returns whether a failure was published. */
    static boolean hasFailed() {
        return FAILURES.get() > 0;
    }

    /** Removes all of them. */
    static void clear() {
        setAsCaller(VERSION_PROPERTY, null);
        setAsCaller(STATUS_PROPERTY, null);
        setAsCaller(ProcessStart.PROPERTY, null);
        setAsCaller(HEAP_PROPERTY, null);
    }

    /** The agent's version, from its jar. */
    static String version() {
        String version = StatusProperties.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
