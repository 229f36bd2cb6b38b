// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.net;

import io.github.sockblame.report.TcpState;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** Counts sockets by TCP state; a socket needs no object. */
public final class StateCounts {

    private final int[] byNumber = new int[Byte.MAX_VALUE + 1];

    /** Counts one more in this state. */
    public void add(TcpState state) {
        byNumber[state.number()]++;
    }

    /** Sets all counts to 0. */
    public void clear() {
        Arrays.fill(byNumber, 0);
    }

    /** The counts; states without sockets are absent. */
    public Map<TcpState, Integer> toMap() {
        Map<TcpState, Integer> byState = new EnumMap<>(TcpState.class);
        for (TcpState state : TcpState.values()) {
            int count = byNumber[state.number()];
            if (count > 0) {
                byState.put(state, count);
            }
        }
        return byState;
    }
}
