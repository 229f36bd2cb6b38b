// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.log;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs actions that may never return, in their order, on a daemon thread of their own: a write to a standard error that
 * no process reads, or a JMX listener of the program. The watch thread does not wait for them, and no lock is held
 * meanwhile.
 *
 * <p>The thread exists only while there are actions, so most programs never have it. The actions that wait have a limit
 * in bytes. Beyond it the oldest is dropped and counted. Any thread may call all methods.
 */
public final class DeliveryThread implements Runnable, Thread.UncaughtExceptionHandler {

    /** Enough for the code of a listener. */
    private static final long STACK = 1 << 20;

    /** The names of the agent's threads begin like this. */
    private static final String AGENT_THREADS = "sockblame-";

    private final String name;
    private final int maxBytes;
    private final Object lock = new Object();
    private final ArrayDeque<Delivery> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private boolean running;
    private @Nullable Thread thread;
    private volatile @Nullable ExitHook exitHook;
    private boolean busy;
    private long beganNanos;
    private long dropped;
    private long submitted;
    private long done;

    private record Delivery(Runnable action, int bytes) {}

    /** Waits for the actions when the JVM ends, because the thread is a daemon. */
    private static final class ExitHook extends Thread {

        private final DeliveryThread deliveries;

        ExitHook(DeliveryThread deliveries) {
            super(null, null, "sockblame-exit", STACK, false);
            this.deliveries = deliveries;
        }

        @Override
        public void run() {
            boolean unused = deliveries.await();
        }
    }

    /** How long {@link #await} waits. */
    static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /**
     * Starts no thread yet.
     *
     * @param name of the thread
     * @param maxBytes limit for the actions that wait
     */
    DeliveryThread(String name, int maxBytes) {
        this.name = name;
        this.maxBytes = maxBytes;
    }

    /**
     * Adds an action, and returns at once.
     *
     * @param bytes about how much memory the action holds
     */
    public void submit(Runnable action, int bytes) {
        synchronized (lock) {
            submitted++;
            waiting.addLast(new Delivery(action, bytes));
            waitingBytes += bytes;
            while (waitingBytes > maxBytes && waiting.size() > 1) {
                waitingBytes -= waiting.removeFirst().bytes;
                dropped++;
                done++;
            }
            if (running) {
                return;
            }
            running = true;
        }
        startThread();
    }

    /** Outside the lock: the JDK calls methods of the current thread here, which the program may override. */
    private void startThread() {
        boolean started = false;
        try {
            exitHook = addHook(); // before the thread runs: the JVM may end sooner
            Thread made = new Thread(null, this, name, STACK, false);
            made.setDaemon(true);
            made.setContextClassLoader(null);
            made.setUncaughtExceptionHandler(this);
            made.start();
            started = true;
        } catch (Throwable t) {
            InternalErrors.countIfPossible(t); // there is no room for another thread
        } finally {
            if (!started) {
                runWithoutThread();
            }
        }
    }

    /**
     * Runs the actions on the caller's thread, unless it is one of the agent: the watch thread must not run code of the
     * program. Then the actions wait until the next one is submitted.
     */
    private void runWithoutThread() {
        if (!Thread.currentThread().getName().startsWith(AGENT_THREADS)) {
            run();
            return;
        }
        synchronized (lock) {
            running = false;
            lock.notifyAll();
        }
        removeHook(exitHook);
    }

    /** Runs the actions until none is left. */
    @Override
    public void run() {
        ExitHook hook = exitHook;
        synchronized (lock) {
            thread = Thread.currentThread();
        }
        for (Delivery next = takeNext(); next != null; next = takeNext()) {
            try {
                next.action.run();
            } catch (Throwable t) {
                InternalErrors.countIfPossible(t);
            }
        }
        removeHook(hook);
    }

    /** Nothing is left to do: all errors of an action are counted, and the program's handler is not for others. */
    @Override
    public void uncaughtException(Thread dead, Throwable error) {
        synchronized (lock) {
            running = false;
            thread = null;
            busy = false;
        }
    }

    private @Nullable Delivery takeNext() {
        synchronized (lock) {
            done += busy ? 1 : 0;
            busy = false;
            Delivery next = waiting.pollFirst();
            if (next == null) {
                running = false;
                thread = null;
            } else {
                waitingBytes -= next.bytes;
                busy = true;
                beganNanos = System.nanoTime();
            }
            lock.notifyAll();
            return next;
        }
    }

    private @Nullable ExitHook addHook() {
        try {
            ExitHook hook = new ExitHook(this);
            Runtime.getRuntime().addShutdownHook(hook);
            return hook;
        } catch (Throwable t) {
            return null; // the JVM is ending, or there is no memory
        }
    }

    private static void removeHook(@Nullable ExitHook hook) {
        try {
            if (hook != null) {
                boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
            }
        } catch (IllegalStateException e) {
            // the JVM is ending, and the hook with it
        }
    }

    /**
     * Waits until the actions that were submitted until now have run, but not longer than a second, and not at all for
     * an action that has already taken so long, or without a thread that could run them.
     *
     * @return whether they have run
     */
    public boolean await() {
        long end = System.nanoTime() + PATIENCE_NANOS;
        boolean interrupted = false;
        boolean delivered;
        synchronized (lock) {
            long expected = submitted;
            while (done < expected && !interrupted && running && end - System.nanoTime() > 0 && !isStalled()) {
                try {
                    lock.wait(1 + TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            delivered = done >= expected;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return delivered;
    }

    private boolean isStalled() {
        return busy && System.nanoTime() - beganNanos >= PATIENCE_NANOS;
    }

    /** For how long the present action has been running, in milliseconds; 0 if there is none. */
    public long busyMillis() {
        synchronized (lock) {
            return busy ? TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNanos) : 0;
        }
    }

    /** How many actions were dropped because the one before did not return. */
    public long dropped() {
        synchronized (lock) {
            return dropped;
        }
    }

    /** Drops the actions that wait, forgets the figures, and interrupts the one that does not return. */
    void end() {
        Thread stalled;
        synchronized (lock) {
            done += waiting.size();
            waiting.clear();
            waitingBytes = 0;
            dropped = 0;
            stalled = thread;
        }
        if (stalled != null && stalled != Thread.currentThread()) {
            stalled.interrupt();
        }
    }
}
