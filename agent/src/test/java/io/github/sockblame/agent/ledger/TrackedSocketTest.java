// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sockblame.agent.capture.CallStack;
import io.github.sockblame.agent.capture.CapturedEvent;
import io.github.sockblame.agent.capture.SampleEvent;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrackedSocketTest {

    /** Of HotSpot with compressed class pointers. */
    private static final int HEADER = 12;

    private static final int COMPRESSED_REFERENCE = 4;

    private static final Map<Class<?>, Integer> SIZES =
            Map.of(long.class, 8, int.class, 4, byte.class, 1, boolean.class, 1);

    /** There is one for each connection of the program: see docs/notes/2026-11-performance.md. */
    @Test
    void aRecordTakesNoMoreThan64Bytes() {
        int size = HEADER
                + Arrays.stream(TrackedSocket.class.getDeclaredFields())
                        .filter(field -> !Modifier.isStatic(field.getModifiers()))
                        .map(Field::getType)
                        .mapToInt(type -> SIZES.getOrDefault(type, COMPRESSED_REFERENCE))
                        .sum();
        assertThat(size).isBetween(HEADER + 1, 64);
    }

    @Test
    void theWeightIsOneUnlessTheStackIsSampledOrSkipped() {
        TrackedSocket socket = SampleSocket.of(7, null, null, null, null);
        assertThat(socket.weight()).isOne();
        assertThat(socket.isOpeningStackPending()).isFalse();

        socket.deferOpeningStack();
        assertThat(socket.weight()).isZero();
        assertThat(socket.isOpeningStackPending()).isTrue();

        CapturedEvent captured = SampleEvent.of(CallStack.of(), "main", 1, 1);
        socket.setOpeningStack(captured, 3);
        assertThat(socket.opened()).isSameAs(captured);
        assertThat(socket.weight()).isEqualTo(8);
        assertThat(socket.isOpeningStackPending()).isFalse();

        socket.skipOpeningStack();
        assertThat(socket.weight()).isZero();
        assertThat(socket.isOpeningStackPending()).isFalse();
    }
}
