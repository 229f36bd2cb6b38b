// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.capture;

import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for the collector. */
public final class AwaitGc {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);
    private static final int COLLECTIONS = 5;

    private AwaitGc() {}

    /** Whether the object is collected before patience ends. */
    public static boolean isCollected(WeakReference<?> reference) {
        long began = System.nanoTime();
        while (reference.get() != null && System.nanoTime() - began < PATIENCE) {
            System.gc();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        return reference.get() == null;
    }

    /** Whether this becomes true by a collection before patience ends. */
    public static boolean until(BooleanSupplier condition) {
        long began = System.nanoTime();
        while (!condition.getAsBoolean() && System.nanoTime() - began < PATIENCE) {
            System.gc();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        return condition.getAsBoolean();
    }

    /** Whether the object is still there after a few collections. */
    public static boolean isKept(WeakReference<?> reference) {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return reference.get() != null;
    }
}
