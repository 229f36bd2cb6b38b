// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harness;

import java.io.IOException;
import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/** Looks, again and again, whether a thread of the program's waits for the agent, or the agent holds a lock while it waits for others. */
public final class BlockedThreads {

    private static final String AGENT = "io.github.sockblame.";
    private static final String SCENARIOS = "io.github.sockblame.it.";

    /** Where there may be reading with a lock held: of the kernel's own memory, which makes nobody wait, and of classes that are loaded. */
    private static final List<String> MAY_READ =
            List.of(AGENT + "agent.kernel.", "java.lang.ClassLoader", "java.util.jar.");

    /** Of the JVM's threads those that serve who asks the agent, and the agent's own. */
    private static final Set<String> NOT_THE_PROGRAMS = Set.of("sockblame-", "RMI ", "JMX ", "Attach Listener");

    private final ThreadMXBean threads;
    private final List<String> found = new ArrayList<>();
    private int looks;

    BlockedThreads(MBeanServerConnection server) throws IOException {
        threads = ManagementFactory.newPlatformMXBeanProxy(
                server, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
    }

    /** One dump of all threads, with the locks that they hold. */
    synchronized void look() {
        looks++;
        for (ThreadInfo thread : threads.dumpAllThreads(true, true)) {
            LockInfo awaited = thread.getLockInfo();
            if (isThePrograms(thread.getThreadName()) && awaited != null && isTheAgents(awaited.getClassName())) {
                found.add("waits for the agent: " + thread);
            }
            if (holdsOurs(thread) && waitsForOthers(thread)) {
                found.add("holds a lock of the agent's, and waits for others: " + thread);
            }
        }
    }

    /** Who waited for the agent, or with its locks; nobody, if all is well. */
    public synchronized List<String> found() {
        return List.copyOf(found);
    }

    public synchronized int looks() {
        return looks;
    }

    /**
     * The same in a recording of the JVM's own of every time that a thread waited for a lock.
     *
     * @param woven when the hooks were in: before, the threads that open the first sockets wait for each other at the JDK's locks
     */
    public static List<String> in(Path recording, Instant woven) throws IOException {
        List<String> found = new ArrayList<>();
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                if (event.getStartTime().isBefore(woven)) {
                    continue;
                }
                boolean entered = event.getEventType().getName().equals("jdk.JavaMonitorEnter");
                if ((entered && isOurs(event, event.getClass("monitorClass")))
                        || (event.getEventType().getName().equals("jdk.ThreadPark")
                                && isOurs(event, event.getClass("parkedClass")))) {
                    found.add(event.toString());
                }
            }
        }
        return found;
    }

    private static boolean isOurs(RecordedEvent event, @Nullable RecordedClass lock) {
        RecordedThread thread = event.getThread();
        String name = thread == null ? null : thread.getJavaName();
        if (name != null && !isThePrograms(name)) {
            return false;
        }
        RecordedStackTrace stack = event.getStackTrace();
        return (lock != null && isTheAgents(lock.getName()))
                || (stack != null
                        && stack.getFrames().stream()
                                .filter(frame -> frame.isJavaFrame())
                                .anyMatch(frame ->
                                        isTheAgents(frame.getMethod().getType().getName())));
    }

    private static boolean holdsOurs(ThreadInfo thread) {
        return Stream.concat(
                        Stream.of(thread.getLockedMonitors()).map(MonitorInfo::getClassName),
                        Stream.of(thread.getLockedSynchronizers()).map(LockInfo::getClassName))
                .anyMatch(BlockedThreads::isTheAgents);
    }

    private static boolean waitsForOthers(ThreadInfo thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return thread.isInNative()
                && Stream.of(stack).noneMatch(frame -> MAY_READ.stream().anyMatch(frame.getClassName()::startsWith))
                && Stream.of(stack)
                        .limit(3)
                        .anyMatch(frame -> frame.getClassName().startsWith("sun.nio.")
                                || frame.getClassName().startsWith("java.io.")
                                || frame.getClassName().startsWith("java.net."));
    }

    private static boolean isTheAgents(String className) {
        return className.startsWith(AGENT) && !className.startsWith(SCENARIOS);
    }

    private static boolean isThePrograms(String threadName) {
        return NOT_THE_PROGRAMS.stream().noneMatch(threadName::startsWith);
    }
}
