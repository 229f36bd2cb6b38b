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
public final class CapturedEvent {

    private final long millis;
    private final Object thread; // its name, or of a nameless one what else there is
    private final @Nullable String handler;
    private volatile Object stack; // a Throwable, later its CallStack

    /** A thread without a name, as virtual threads are; its number is 0 if it could not be asked. */
    private record UnnamedThread(long id, boolean isVirtual) {}

    /**
     * What a thread does now.
     *
     * @param stack a Throwable that was made there, or a {@link CallStack}
     * @param handler class of the handler for which it reads; null if none is known
     */
    CapturedEvent(Object stack, Thread thread, long millis, @Nullable String handler) {
        this.stack = stack;
        this.handler = handler;
        this.millis = millis;
        String name = thread.getName();
        this.thread = name.isEmpty() ? nameless(thread) : name;
    }

    private static UnnamedThread nameless(Thread thread) {
        boolean jdk = isJdkThread(thread);
        return new UnnamedThread(jdk ? thread.getId() : 0, jdk && thread.getClass() != Thread.class);
    }

    /** Made by hand, for a snapshot that no JVM took. */
    public CapturedEvent(CallStack stack, String threadName, long threadId, long millis) {
        this.stack = stack;
        this.thread = threadName.isEmpty() ? new UnnamedThread(threadId, true) : threadName;
        this.millis = millis;
        this.handler = null;
    }

    /**
     * Where another thread stands now. The program's classes may have a say in it, as the class of that thread.
     *
     * @return null if it has ended
     * @throws RuntimeException if the thread may not be asked, as a security manager of 17 says
     */
    public static @Nullable CapturedEvent currentStackOf(Thread thread) {
        StackTraceElement[] frames = thread.getStackTrace();
        return thread.isAlive() ? new CapturedEvent(CallStack.of(frames), thread, MonotonicClock.millis(), null) : null;
    }

    /** Who another thread is, without where it stands. */
    public static CapturedEvent of(Thread thread) {
        return new CapturedEvent(CallStack.of(), thread, MonotonicClock.millis(), null);
    }

    /** When, in milliseconds since the epoch. */
    public long millis() {
        return millis;
    }

    /** A class of the program's may override what is asked here. */
    private static boolean isJdkThread(Thread thread) {
        return thread.getClass().getModule() == Thread.class.getModule();
    }

    /** The thread's name; a nameless thread, as virtual threads are, is told by its number. */
    public String thread() {
        if (thread instanceof String name) {
            return name;
        }
        UnnamedThread unnamedThread = (UnnamedThread) thread;
        String kind = unnamedThread.isVirtual ? "virtual thread" : "nameless thread";
        return unnamedThread.id == 0 ? kind : kind + " #" + unnamedThread.id;
    }

    /** Whether there is a stack. */
    boolean hasStack() {
        return !(stack instanceof CallStack known) || known.isCaptured();
    }

    boolean isResolved() {
        return stack instanceof CallStack;
    }

    @Nullable CallStack resolved() {
        return stack instanceof CallStack known ? known : null;
    }

    void resolve(StackInterner pool) {
        if (!isResolved()) {
            stack = pool.intern(stack());
        }
    }

    /** The stack; {@link CallStack#isCaptured} says whether it is one. */
    public CallStack stack() {
        Object now = stack;
        if (now instanceof CallStack resolved) {
            return resolved;
        }
        StackTraceElement[] frames = ((Throwable) now).getStackTrace();
        return new CallStack(handler == null ? frames : HandlerFrame.withHandlerFrame(frames, handler));
    }
}
