// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Who did something to a socket: stack, thread and time.
 *
 * <p>The stack is taken as a bare {@link Throwable}, which costs the walk and resolves no symbol; it is resolved, and the
 * Throwable dropped, once somebody wants to know or the socket has outlived a moment. Until then its backtrace pins the classes
 * on the stack.
 */
public final class Witness {

    private final long millis;
    private final long threadId;
    private final String threadName;
    private final boolean virtualThread;
    private final @Nullable String handler;
    private volatile Object stack; // a Throwable, later its CallStack

    private Witness(Object stack, Thread thread, long millis, @Nullable String handler) {
        this.stack = stack;
        this.handler = handler;
        this.millis = millis;
        this.threadName = thread.getName();
        boolean nameless = threadName.isEmpty() && isOfTheJdk(thread);
        this.threadId = nameless ? thread.getId() : 0;
        this.virtualThread = nameless && thread.getClass() != Thread.class;
    }

    /** Made by hand, for a snapshot that no JVM took. */
    public Witness(CallStack stack, String threadName, long threadId, long millis) {
        this.stack = stack;
        this.threadName = threadName;
        this.threadId = threadId;
        this.virtualThread = true;
        this.millis = millis;
        this.handler = null;
    }

    /** The caller's stack, thread and time, now. */
    static Witness here() {
        return new Witness(new Throwable(), Thread.currentThread(), SteadyTime.millis(), null);
    }

    /**
     * The same in a read.
     *
     * @param handler class of the handler for which the latest read of this socket by a thread of its group was
     */
    static Witness ofRead(@Nullable String handler) {
        return new Witness(new Throwable(), Thread.currentThread(), SteadyTime.millis(), handler);
    }

    /**
     * Where another thread stands now. The program's classes may have a say in it, as the class of that thread.
     *
     * @return null if it has ended
     * @throws RuntimeException if the thread may not be asked, as a security manager of 17 says
     */
    public static @Nullable Witness standing(Thread thread) {
        StackTraceElement[] frames = thread.getStackTrace();
        return thread.isAlive() ? new Witness(CallStack.of(frames), thread, SteadyTime.millis(), null) : null;
    }

    /** Who another thread is, without where it stands. */
    public static Witness of(Thread thread) {
        return new Witness(CallStack.of(), thread, SteadyTime.millis(), null);
    }

    /** When, in milliseconds since the epoch. */
    public long millis() {
        return millis;
    }

    /** A class of the program's may override what is asked here. */
    private static boolean isOfTheJdk(Thread thread) {
        return thread.getClass().getModule() == Thread.class.getModule();
    }

    /** The thread's name; a nameless thread, as virtual threads are, is told by its number. */
    public String thread() {
        if (!threadName.isEmpty()) {
            return threadName;
        }
        String kind = virtualThread ? "virtual thread" : "nameless thread";
        return threadId == 0 ? kind : kind + " #" + threadId;
    }

    boolean isResolved() {
        return stack instanceof CallStack;
    }

    @Nullable CallStack resolved() {
        return stack instanceof CallStack known ? known : null;
    }

    void resolve(StackPool pool) {
        if (!isResolved()) {
            stack = pool.intern(stack());
        }
    }

    /** The stack. */
    public CallStack stack() {
        Object now = stack;
        if (now instanceof CallStack resolved) {
            return resolved;
        }
        StackTraceElement[] frames = ((Throwable) now).getStackTrace();
        return new CallStack(handler == null ? frames : HandlerFrame.onTopOf(frames, handler));
    }
}
