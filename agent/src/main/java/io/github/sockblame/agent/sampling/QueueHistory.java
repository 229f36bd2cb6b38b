// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import io.github.sockblame.agent.join.AcceptQueuePressure;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Records for how long each listener's accept queue has been full, or nearly so, in consecutive polls.
 *
 * <p>The kernel takes connections out of the queue in the order in which they came ({@code reqsk_queue_remove}). So if
 * the accepts between two polls are at least as many as the first poll found in the queue, no connection waited from
 * one poll to the other. The queue was emptied meanwhile, however full it is again, and the period begins anew.
 */
final class QueueHistory {

    private final Map<Long, FullPeriod> byInode = new HashMap<>();

    /** The full period of one listener. */
    private static final class FullPeriod {
        private final long sinceMillis;
        private final @Nullable Long acceptedAtFirst;
        private int looks;
        private long queue;
        private @Nullable Long accepted;
        private long leftSinceMillis;
        private int leftReadings;
        private long overflowsAtFirst = -1;
        private long overflows = -1;

        FullPeriod(long sinceMillis, @Nullable Long accepted) {
            this.sinceMillis = sinceMillis;
            this.acceptedAtFirst = accepted;
        }

        /** The first accept from a listener that was open before the agent: from now on its accepts are counted. */
        boolean isCountedNow(@Nullable Long acceptedNow) {
            return acceptedAtFirst == null && acceptedNow != null;
        }

        boolean drainedSince(@Nullable Long acceptedNow) {
            return accepted != null && acceptedNow != null && acceptedNow - accepted >= queue;
        }

        void add(long newQueue, @Nullable Long acceptedNow) {
            looks++;
            queue = newQueue;
            accepted = acceptedNow;
        }

        void addReading(boolean clientsLeft, long overflowsNow, long nowMillis) {
            if (!clientsLeft) {
                leftReadings = 0;
            } else if (leftReadings++ == 0) {
                leftSinceMillis = nowMillis;
            }
            if (overflowsAtFirst < 0) {
                overflowsAtFirst = overflowsNow;
            }
            overflows = overflowsNow;
        }

        AcceptQueuePressure pressure() {
            Long now = accepted;
            Long meanwhile = acceptedAtFirst == null || now == null ? null : Long.valueOf(now - acceptedAtFirst);
            return new AcceptQueuePressure(
                    sinceMillis,
                    looks,
                    meanwhile,
                    leftSinceMillis,
                    leftReadings,
                    overflowsAtFirst < 0 ? 0 : Math.max(0, overflows - overflowsAtFirst));
        }
    }

    /**
     * Records a poll of the queue.
     *
     * @param inode the listener's
     * @param queue length of the queue
     * @param limit of that queue; null if unknown
     * @param accepted connections that were accepted from it until now; null if unknown
     * @param nowMillis the time, in milliseconds since the epoch
     */
    void recordPoll(long inode, long queue, @Nullable Integer limit, @Nullable Long accepted, long nowMillis) {
        if (!AcceptQueuePressure.isNearlyFull(queue, limit)) {
            byInode.remove(inode);
            return;
        }
        FullPeriod known = byInode.get(inode);
        if (known == null || known.isCountedNow(accepted) || known.drainedSince(accepted)) {
            known = new FullPeriod(nowMillis, accepted);
            byInode.put(inode, known);
        }
        known.add(queue, accepted);
    }

    /**
     * Adds the figures of a whole reading: whether clients have given up, and the namespace's overflows, -1 if unknown.
     */
    AcceptQueuePressure reading(long inode, boolean clientsLeft, long overflows, long nowMillis) {
        FullPeriod known = byInode.get(inode);
        if (known == null) {
            return AcceptQueuePressure.NONE;
        }
        known.addReading(clientsLeft, overflows, nowMillis);
        return known.pressure();
    }

    /** Drops all listeners but these. */
    void retain(Set<Long> inodes) {
        byInode.keySet().retainAll(inodes);
    }
}
