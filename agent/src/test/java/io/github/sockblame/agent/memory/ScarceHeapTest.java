// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScarceHeapTest {

    private static final long MB = 1 << 20;
    private static final String FULL = "the heap is nearly full: it can spare less than 4 MB";

    private final AtomicLong used = new AtomicLong();
    private final HeapRoom room = SmallHeap.of(64 * MB, used::get);
    private final List<@Nullable String> published = new ArrayList<>();

    @Test
    void eachChangeIsPublishedOnce() {
        ScarceHeap heap = new ScarceHeap(room, published::add);
        use(55, heap); // 4 MB of 64 stay the program's
        heap.check();
        assertThat(published).isEmpty();

        use(57, heap);
        heap.check();
        assertThat(published).containsExactly(FULL);

        use(10, heap);
        heap.check();
        assertThat(published).containsExactly(FULL, null);
    }

    @Test
    void heapIsFullIfItCanSpareNothing() {
        ScarceHeap heap = new ScarceHeap(room, published::add);
        use(59, heap); // 4 MB of 64 stay the program's
        assertThat(heap.isFull()).isFalse();
        use(60, heap);
        assertThat(heap.isFull()).isTrue();
    }

    private void use(long megabytes, ScarceHeap heap) {
        used.set(megabytes * MB);
        heap.check();
    }

    @Test
    void startWaitsForACollection() {
        used.set(60 * MB);

        assertThat(ScarceHeap.reasonNotToStart(room, () -> used.set(20 * MB))).isNull();
    }

    @Test
    void startIsRefusedWithoutACollection() {
        AtomicLong pauses = new AtomicLong();
        used.set(60 * MB);

        assertThat(ScarceHeap.reasonNotToStart(room, pauses::incrementAndGet)).isEqualTo(FULL);
        assertThat(pauses.get() * HeapRoom.COLLECTION_PAUSE_MILLIS).isEqualTo(2000);
    }
}
