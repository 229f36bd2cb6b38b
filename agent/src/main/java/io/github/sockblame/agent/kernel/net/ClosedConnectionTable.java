// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.kernel.net;

import io.github.sockblame.agent.collection.LongIndex;
import io.github.sockblame.agent.collection.Sums;
import io.github.sockblame.report.TcpState;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of closed connections that the kernel still has: those without an inode in FIN_WAIT1, FIN_WAIT2, CLOSING,
 * LAST_ACK or TIME_WAIT. They are the whole network namespace's; the kernel does not publish their processes.
 *
 * <p>A busy client leaves tens of thousands of them, so a row has no object, but a number beside its
 * {@link ConnectionKey}. If the kernel gives a row twice, it takes one place, and the later one counts.
 */
public final class ClosedConnectionTable {

    /** A host has at most {@code tcp_max_tw_buckets} rows in TIME_WAIT; the kernel's default is at most 262,144. */
    private static final int MAX_ROWS = 1 << 18;

    private static final int STATE_SHIFT = 24;
    private static final int TIMER_MASK = (1 << STATE_SHIFT) - 1;

    /** Milliseconds of a tick of the column {@code tm->when}: it counts in USER_HZ, which is 100 on all of Java's platforms. */
    private static final int TICK_MILLIS = 10;

    private final LongIndex keys;
    private int[] rows; // by number of the key; 0 is no row of a closed connection
    private boolean overflowed;

    /** A table without a row. */
    public ClosedConnectionTable() {
        this(16);
    }

    /** A table without a row that has room for so many before it grows. */
    ClosedConnectionTable(int room) {
        keys = new LongIndex(room);
        rows = new int[room];
    }

    /** The content of a row. */
    public record Row(TcpState state, long timerMillis) {}

    /** Returns whether a row without an inode in this state is that of a closed connection. */
    static boolean isAfterClose(TcpState state) {
        return switch (state) {
            case FIN_WAIT1, FIN_WAIT2, CLOSING, LAST_ACK, TIME_WAIT -> true;
            default -> false;
        };
    }

    /** Adds the row of a closed connection; false if the table already has this connection, or has no room. */
    boolean add(long key, TcpState state, long timerTicks) {
        return put(key, state.number() << STATE_SHIFT | (int) Math.min(timerTicks, TIMER_MASK));
    }

    /** Adds the row of any other connection, so that a repeated row is recognized. */
    boolean addLive(long key) {
        return put(key, 0);
    }

    private boolean put(long key, int row) {
        if (keys.size() == MAX_ROWS) {
            overflowed = true;
            return false;
        }
        int before = keys.size();
        int number = keys.add(key);
        if (number == rows.length) {
            rows = Arrays.copyOf(rows, 2 * number);
        }
        rows[number] = row;
        return number == before;
    }

    /** The row of this connection; null if there is none. */
    public @Nullable Row find(long key) {
        int number = keys.numberOf(key);
        TcpState state = number < 0 ? null : stateAt(number);
        return state == null ? null : new Row(state, (rows[number] & TIMER_MASK) * (long) TICK_MILLIS);
    }

    /** Number of rows by state; states without rows are absent. */
    public Map<TcpState, Integer> byState() {
        Map<TcpState, Integer> byState = new EnumMap<>(TcpState.class);
        for (int number = 0; number < keys.size(); number++) {
            TcpState state = stateAt(number);
            if (state != null) {
                Sums.add(byState, state, 1);
            }
        }
        return byState;
    }

    private @Nullable TcpState stateAt(int number) {
        return TcpState.ofNumber(rows[number] >>> STATE_SHIFT);
    }

    /** Returns whether every row had room. */
    public boolean isComplete() {
        return !overflowed;
    }
}
