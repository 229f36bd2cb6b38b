// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.scenario;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A thread that is blocked in a socket until somebody ends that. */
public final class Blocked {

    private final Thread thread;

    private Blocked(Thread thread) {
        this.thread = thread;
    }

    /** Something that blocks, and fails when it is ended. */
    @FunctionalInterface
    public interface Call {
        Object run() throws Exception;
    }

    /** Starts a thread for it, and returns once that is blocked in the kernel. */
    public static Blocked in(Call call) {
        Thread thread = Peer.daemon("blocked", () -> {
            try {
                System.out.println("not blocked: " + call.run());
            } catch (Exception e) {
                // so it was ended
            }
        });
        thread.start();
        StackTraceElement[] stack = thread.getStackTrace();
        while (stack.length == 0
                || !stack[0].isNativeMethod()
                || !stack[0].getClassName().startsWith("sun.nio.ch.")) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            stack = thread.getStackTrace();
        }
        return new Blocked(thread);
    }

    public Blocked interrupt() {
        thread.interrupt();
        return this;
    }

    public void awaitEnd() throws InterruptedException {
        thread.join();
    }
}
