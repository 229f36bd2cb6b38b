// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.capture.StackCapturer;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketTableTest {

    private static final int SLOTS = 4096 * 1024;

    private final SocketTable table = new SocketTable();

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 1023, 1024, 1025, 65_536, 1_048_576, SLOTS - 1})
    void keepsWhatIsPut(int fd) {
        TrackedSocket socket = socket(fd);

        assertThat(table.inRange(fd)).isTrue();
        assertThat(table.get(fd)).isNull();
        assertThat(table.put(socket)).isNull();
        assertThat(table.get(fd)).isSameAs(socket);
        assertThat(table.all()).containsExactly(socket);
        assertThat(table.remove(fd)).isSameAs(socket);
        assertThat(table.get(fd)).isNull();
        assertThat(table.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, SLOTS, Integer.MAX_VALUE})
    void tableHasNoOtherDescriptors(int fd) {
        assertThat(table.inRange(fd)).isFalse();
        assertThat(table.get(fd)).isNull();
        assertThat(table.remove(fd)).isNull();
    }

    @Test
    void slotsOfTwoChunksAreNotMixedUp() {
        TrackedSocket low = socket(5);
        TrackedSocket high = socket(5 + 1024);
        table.put(high);
        table.put(low);

        assertThat(table.get(5)).isSameAs(low);
        assertThat(table.get(5 + 1024)).isSameAs(high);
        assertThat(table.all()).containsExactly(low, high);
    }

    @Test
    void everyNumberOfAChunkHasItsOwnSlot() {
        for (int fd = 0; fd < 1024; fd++) {
            assertThat(table.put(socket(fd))).as("%s", fd).isNull();
        }
        assertThat(table.all()).extracting(TrackedSocket::fd).hasSize(1024).isSorted();
    }

    @Test
    void theFirstTwoOfAChunkDoNotLoseEachOther() throws Exception {
        for (int round = 0; round < 500; round++) {
            SocketTable fresh = new SocketTable();
            CountDownLatch together = new CountDownLatch(2);
            Thread other = new Thread(() -> putWith(fresh, 2, together));
            other.start();
            putWith(fresh, 1, together);
            other.join();

            assertThat(fresh.all()).hasSize(2);
        }
    }

    private static void putWith(SocketTable table, int fd, CountDownLatch together) {
        TrackedSocket socket = socket(fd);
        together.countDown();
        while (together.getCount() > 0) {
            Thread.onSpinWait();
        }
        table.put(socket);
    }

    @Test
    void returnsWhatWasInTheSlot() {
        TrackedSocket first = socket(7);
        table.put(first);

        assertThat(table.put(socket(7))).isSameAs(first);
    }

    @Test
    void removesThisVeryRecordOnly() {
        TrackedSocket first = socket(7);
        TrackedSocket second = socket(7);
        table.put(second);

        assertThat(table.remove(first)).isFalse();
        assertThat(table.get(7)).isSameAs(second);
        assertThat(table.remove(second)).isTrue();
        assertThat(table.remove(second)).isFalse();
        assertThat(table.remove(socket(70_000))).isFalse();
    }

    private static TrackedSocket socket(int fd) {
        return SampleSocket.of(fd, new StackCapturer(StackCapturer.UNLIMITED).capture(null), null, null, null);
    }
}
