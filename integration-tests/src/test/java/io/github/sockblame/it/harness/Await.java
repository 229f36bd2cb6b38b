// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.it.harness;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Looks again and again until something is so, and fails when it is not so in time. */
public final class Await {

    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(20);

    private Await() {}

    public static void until(String what, Callable<Boolean> condition) throws Exception {
        Object unused = value(what, () -> condition.call() ? Optional.of(true) : Optional.empty());
    }

    /** The same with another patience. */
    public static void until(String what, Duration patience, Callable<Boolean> condition) throws Exception {
        Object unused = value(what, patience, () -> condition.call() ? Optional.of(true) : Optional.empty());
    }

    /** What this gives, once it gives something. */
    public static <T> T value(String what, Callable<Optional<T>> look) throws Exception {
        return value(what, PATIENCE, look);
    }

    private static <T> T value(String what, Duration patience, Callable<Optional<T>> look) throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        Optional<T> seen = look.call();
        while (seen.isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not seen within " + patience.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS);
            seen = look.call();
        }
        return seen.get();
    }
}
