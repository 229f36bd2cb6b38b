// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.capture;

import org.jspecify.annotations.Nullable;

/**
 * One action on a socket: stack, thread and time.
 *
 * <p>The stack is captured as a bare {@link Throwable}, which costs the walk and resolves no symbol. A later step
 * resolves it and drops the Throwable, when a report needs it or the socket has been open for a moment. Until then its
 * backtrace pins the classes on the stack.
 */
public final class CapturedEvent {

    private final long millis;
    private final Object thread; // its name; for a thread without a name, its UnnamedThread
    private final @Nullable String handler;
    private volatile Object stack; // a Throwable, later its CallStack

    /** A thread without a name, such as a virtual thread; its number is 0 if the thread could not give it. */
    record UnnamedThread(long id, boolean isVirtual) {}

    CapturedEvent(Object stack, Object thread, long millis, @Nullable String handler) {
        this.stack = stack;
        this.thread = thread;
        this.millis = millis;
        this.handler = handler;
    }

    /**
     * The present action of a thread.
     *
     * @param stack a Throwable that was made there, or a {@link CallStack}
     * @param handler class of the handler for which it reads; null if there is none
     */
    static CapturedEvent of(Object stack, Thread thread, long millis, @Nullable String handler) {
        return new CapturedEvent(stack, nameOf(thread), millis, handler);
    }

    private static Object nameOf(Thread thread) {
        String name = thread.getName();
        return name.isEmpty() ? nameless(thread) : name;
    }

    private static UnnamedThread nameless(Thread thread) {
        boolean jdk = isJdkThread(thread);
        return new UnnamedThread(jdk ? thread.getId() : 0, jdk && thread.getClass() != Thread.class);
    }

    /**
     * Another thread, with its present stack. Such a stack takes a part of the memory for stacks as any other does, and
     * above the limit it loses frames or is discarded.
     */
    public static CapturedEvent of(Thread thread, StackTraceElement[] frames, StackInterner interner) {
        return of(interner.intern(CallStack.of(frames)), thread, MonotonicClock.millis(), null);
    }

    /** Another thread, without its stack. */
    public static CapturedEvent of(Thread thread) {
        return of(CallStack.of(), thread, MonotonicClock.millis(), null);
    }

    /** The time, in milliseconds since the epoch. */
    public long millis() {
        return millis;
    }

    /** A class of the program may override the methods that are called here. */
    private static boolean isJdkThread(Thread thread) {
        return thread.getClass().getModule() == Thread.class.getModule();
    }

    /** The thread's name; for a thread without a name, such as a virtual thread, its number. */
    public String thread() {
        if (thread instanceof String name) {
            return name;
        }
        UnnamedThread unnamedThread = (UnnamedThread) thread;
        String kind = unnamedThread.isVirtual ? "virtual thread" : "nameless thread";
        return unnamedThread.id == 0 ? kind : kind + " #" + unnamedThread.id;
    }

    /** Returns whether there is a stack. */
    public boolean hasStack() {
        return !(stack instanceof CallStack known) || known.isCaptured();
    }

    /** Returns whether the stack is resolved. */
    public boolean isResolved() {
        return stack instanceof CallStack;
    }

    /** The resolved stack; null if it is not resolved yet. */
    public @Nullable CallStack resolved() {
        return stack instanceof CallStack known ? known : null;
    }

    /**
     * This event with the stack that it has now. The event itself may get another one later: an unresolved stack loses
     * frames, or all of them, if there is no room for it when it is resolved.
     */
    public CapturedEvent withPresentStack() {
        return isResolved() ? this : new CapturedEvent(stack(), thread, millis, handler);
    }

    /** Resolves the stack and drops what was needed for that. Never on a thread of the program. */
    public void resolve(StackInterner interner) {
        if (!isResolved()) {
            stack = interner.intern(stack());
        }
    }

    /** The stack, or its replacement: see {@link CallStack#isCaptured}. */
    public CallStack stack() {
        Object now = stack;
        if (now instanceof CallStack resolved) {
            return resolved;
        }
        StackTraceElement[] frames = ((Throwable) now).getStackTrace();
        return new CallStack(handler == null ? frames : HandlerFrame.withHandlerFrame(frames, handler));
    }
}
