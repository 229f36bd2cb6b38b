// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.top;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What another thread will give. */
final class AwaitValue {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

    private AwaitValue() {}

    /** The first that is not null. */
    static <T> T from(Supplier<@Nullable T> look) {
        long began = System.nanoTime();
        @Nullable T seen = look.get();
        while (seen == null && System.nanoTime() - began < PATIENCE) {
            Thread.onSpinWait();
            seen = look.get();
        }
        return requireNonNull(seen, "not seen in time");
    }
}
