// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.memory;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapRoomTest {

    private static final long MB = 1 << 20;

    private long used;
    private final HeapRoom room = new HeapRoom(() -> 64 * MB, () -> used);

    @Test
    void withoutACollectionAllThatIsUsedCounts() {
        used = 50 * MB;
        assertThat(room.freeBytes()).as("a sixteenth stays the program's").isEqualTo(10 * MB);
        used = 63 * MB;
        assertThat(room.freeBytes()).isZero();
    }

    @Test
    void ofALevelProgramAQuarterOfWhatIsNewCounts() {
        used = 10 * MB;
        room.observe();
        for (int i = 0; i < 5; i++) {
            used = 50 * MB;
            room.observe();
            used = 10 * MB;
            room.observe();
        }
        used = 50 * MB;
        assertThat(room.freeBytes()).isEqualTo(64 * MB - 20 * MB - 4 * MB);
    }

    @Test
    void ofAGrowingProgramAllThatIsNewCounts() {
        used = 20 * MB;
        room.observe();
        used = 19 * MB; // nearly all of it was alive
        room.observe();
        used = 59 * MB;
        room.observe();
        used = 58 * MB;
        room.observe();
        assertThat(room.freeBytes()).isEqualTo(2 * MB);
        used = 62 * MB;
        assertThat(room.freeBytes()).isZero();
    }

    @Test
    void workStopsWhenTheProgramHasTakenItsMemory() {
        used = 40 * MB;
        HeapRoom.Reservation unused = requireNonNull(room.tryReserve(16 * MB));
        assertThat(room.isTaken()).isFalse();
        used = 52 * MB;
        assertThat(room.isTaken()).as("half of it is left").isFalse();
        used = 53 * MB;
        assertThat(room.isTaken()).isTrue();
    }

    @Test
    void anUnlimitedHeapHasRoom() {
        assertThat(HeapRoom.unlimited().tryReserve(1L << 40)).isNotNull();
        assertThat(HeapRoom.ofThisJvm().freeBytes()).isPositive();
    }

    @Test
    void whatIsReservedNobodyElseCanTake() {
        used = 50 * MB;
        HeapRoom.Reservation first = requireNonNull(room.tryReserve(6 * MB));
        assertThat(room.tryReserve(5 * MB)).isNull();
        assertThat(room.freeBytes()).isEqualTo(4 * MB);
        first.close();
        first.close();
        assertThat(room.freeBytes()).isEqualTo(10 * MB);
        assertThat(room.tryReserve(10 * MB)).isNotNull();
    }
}
