// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario.walk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Threads of both kinds, and the waiting for one to be blocked. */
final class Threads {

    private static final long LOST_WAKE_UP_MILLIS = 5_000;
    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(20);
    private static final @Nullable MethodHandle START_VIRTUAL = startVirtual();

    private Threads() {}

    private static @Nullable MethodHandle startVirtual() {
        try {
            return MethodHandles.lookup()
                    .findStatic(
                            Thread.class, "startVirtualThread", MethodType.methodType(Thread.class, Runnable.class));
        } catch (ReflectiveOperationException | UnsupportedOperationException e) {
            return null; // before 21
        }
    }

    static boolean haveVirtual() {
        return START_VIRTUAL != null;
    }

    static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    static Thread start(boolean virtual, String name, Runnable task) {
        if (!virtual || START_VIRTUAL == null) {
            Thread thread = daemon(name, task);
            thread.start();
            return thread;
        }
        try {
            return (Thread) START_VIRTUAL.invoke(task);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts a thread with this call, and returns once that is blocked. */
    static Thread blockedIn(boolean virtual, Action.Body call) {
        Thread thread = start(virtual, "blocked", () -> {
            try {
                call.run();
            } catch (Exception e) {
                // so it was ended
            }
        });
        until("a thread blocked in a socket", () -> isBlocked(thread));
        return thread;
    }

    /**
     * Waits for the end of a thread whose socket was closed. JDK 21 loses the wake-up of a virtual thread now and then, without any agent:
     * once in 30,000 closes of a MulticastSocket on one processor.
     */
    static void awaitEnd(Thread thread) throws InterruptedException {
        thread.join(LOST_WAKE_UP_MILLIS);
        if (thread.isAlive()) {
            thread.interrupt();
            thread.join();
        }
    }

    private static boolean isBlocked(Thread thread) {
        if (!thread.isAlive()) {
            throw new IllegalStateException("not blocked, but at its end");
        }
        if (thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING) {
            return true;
        }
        StackTraceElement[] stack = thread.getStackTrace();
        return stack.length > 0
                && stack[0].isNativeMethod()
                && (stack[0].getClassName().startsWith("sun.nio.ch.")
                        || stack[0].getClassName().startsWith("java.net."));
    }

    /** A condition that comes true by itself, soon. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws Exception;
    }

    static void until(String what, Condition condition) {
        long deadline = System.nanoTime() + LONGEST_WAIT;
        try {
            while (!condition.holds()) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException("not seen: " + what);
                }
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("while waiting for " + what, e);
        }
    }
}
