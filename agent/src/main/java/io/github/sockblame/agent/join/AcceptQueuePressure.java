// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.join;

import org.jspecify.annotations.Nullable;

/**
 * For how long consecutive polls have found a listener's accept queue full, or nearly so.
 *
 * @param sinceMillis the first of the latest consecutive polls that found it so, in milliseconds since the epoch
 * @param polls how many consecutive polls since then found it so; 0 if the latest did not
 * @param accepted connections that were accepted since that first poll; null if the agent does not see accepts there
 * @param leftSinceMillis the first of the latest consecutive whole readings that found clients who had given up, in
 *     milliseconds since the epoch
 * @param leftReadings how many consecutive readings since then found such clients; 0 if the latest did not
 * @param overflows by how many the namespace's overflows rose meanwhile
 */
public record AcceptQueuePressure(
        long sinceMillis, int polls, @Nullable Long accepted, long leftSinceMillis, int leftReadings, long overflows) {

    /** The latest poll found room. */
    public static final AcceptQueuePressure NONE = new AcceptQueuePressure(0, 0, null, 0, 0, 0);

    /** A single poll may be an accident. */
    private static final int LOOKS = 2;

    /**
     * Returns whether a queue of this length deserves attention: at eight tenths of its limit or above, or, if the
     * limit is unknown, when it is not empty.
     */
    public static boolean isNearlyFull(long queue, @Nullable Integer limit) {
        return queue > 0 && (limit == null || queue * 10 >= limit * 8L);
    }

    /** Returns whether the pressure has lasted for enough polls to be judged. */
    public boolean isConfirmed() {
        return polls >= LOOKS;
    }

    /** Returns whether consecutive readings, as many as a judgement needs, found clients who had given up. */
    public boolean isConfirmedByClients() {
        return leftReadings >= LOOKS;
    }
}
