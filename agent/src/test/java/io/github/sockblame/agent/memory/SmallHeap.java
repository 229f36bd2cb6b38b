// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.memory;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A heap for tests of others than the room itself. */
public final class SmallHeap {

    private SmallHeap() {}

    /** A heap of {@code max} bytes in which the program's part grows each time it is read. */
    public static HeapRoom growing(long max, long bytesPerLook) {
        AtomicLong used = new AtomicLong();
        return new HeapRoom(() -> max, () -> used.addAndGet(bytesPerLook));
    }

    /** A heap of {@code max} bytes whose use changes. */
    public static HeapRoom of(long max, LongSupplier used) {
        return new HeapRoom(() -> max, used);
    }

    /** A heap of {@code max} bytes; {@code used} bytes are in use. */
    public static HeapRoom of(long max, long used) {
        return new HeapRoom(() -> max, () -> used);
    }
}
