// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * The stacks of other threads, by members of {@code Thread} that no class of a program can override. The public {@code
 * getStackTrace} is no such member: an override of the program might wait for a lock, while the agent holds its own.
 *
 * <p>JDK 19 and later have {@code asyncGetStackTrace}, which is visible in {@code java.lang} only, and which virtual
 * threads override. 17 and 18 have no virtual threads, and have the native method {@code dumpThreads}. Neither calls a
 * security manager.
 */
final class JdkThreadStacks {

    private static final StackTraceElement[] NO_FRAMES = {};

    private final JdkAccess jdk;
    private @Nullable MethodHandle async;
    private @Nullable MethodHandle dump;
    private boolean lookedUp;
    private volatile @Nullable String failure;

    /** Looks up nothing yet, because the constructor may run while the program loads a class. */
    JdkThreadStacks(JdkAccess jdk) {
        this.jdk = jdk;
    }

    /** The frames of this thread; empty if it has ended, null if this JDK has neither method. */
    StackTraceElement @Nullable [] of(Thread thread) {
        try {
            lookUp();
            if (async != null) {
                StackTraceElement[] frames = (StackTraceElement[]) async.invokeExact(thread);
                return frames == null ? NO_FRAMES : frames; // JDK 26 returns null if the thread has ended
            }
            if (dump != null) {
                StackTraceElement[] frames = ((StackTraceElement[][]) dump.invokeExact(new Thread[] {thread}))[0];
                return frames == null ? NO_FRAMES : frames;
            }
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            failure = e.getClass().getName();
        }
        return null;
    }

    /** Why there are no stacks in this JVM; null if there are. */
    @Nullable String failure() {
        return failure;
    }

    private synchronized void lookUp() throws ReflectiveOperationException {
        if (lookedUp) {
            return;
        }
        lookedUp = true;
        try {
            async = jdk.method(Thread.class, "asyncGetStackTrace", MethodType.methodType(StackTraceElement[].class));
        } catch (NoSuchMethodException e) {
            dump = jdk.staticMethod(
                    Thread.class, "dumpThreads", MethodType.methodType(StackTraceElement[][].class, Thread[].class));
        }
    }
}
