// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis;

import io.github.sockblame.report.Confidence;
import org.jspecify.annotations.Nullable;

/**
 * For how long looks at a listener have found its accept queue full, or nearly so.
 *
 * @param sinceMillis the first of the latest looks that found it so, in milliseconds since the epoch
 * @param looks how many looks found it so since then, one after the other; 0 if the latest did not
 * @param accepted connections that were accepted since that first look; null if the agent does not see accepts there
 * @param leftSinceMillis the first of the latest whole readings that found clients who had given up, in milliseconds since the epoch
 * @param leftReadings how many readings found such clients since then, one after the other; 0 if the latest did not
 * @param overflows by how many the namespace's overflows rose meanwhile
 */
public record AcceptQueuePressure(
        long sinceMillis, int looks, @Nullable Long accepted, long leftSinceMillis, int leftReadings, long overflows) {

    /** The latest look found room. */
    public static final AcceptQueuePressure NONE = new AcceptQueuePressure(0, 0, null, 0, 0, 0);

    /** One look may have met a moment. */
    private static final int LOOKS = 2;

    /**
     * Whether a queue of this length is to be looked at: at eight tenths of its limit or above; where the limit is unknown, at all.
     */
    public static boolean isNearlyFull(long queue, @Nullable Integer limit) {
        return queue > 0 && (limit == null || queue * 10 >= limit * 8L);
    }

    /** Whether there is something to ask about. */
    public boolean isConfirmed() {
        return looks >= LOOKS;
    }

    /**
     * How sure it is that nobody accepts what comes in; null if that cannot be said.
     *
     * @param limitKnown whether the queue is known to be near its limit; else it is just not empty, and something else must speak for it
     */
    @Nullable Confidence confidence(boolean limitKnown, long nowMillis, long graceMillis) {
        if (!isConfirmed() || nowMillis - sinceMillis < graceMillis) {
            return null;
        }
        if (limitKnown) {
            return accepted != null && accepted == 0 ? Confidence.CERTAIN : Confidence.PROBABLE;
        }
        boolean clientsLeft = leftReadings >= LOOKS && nowMillis - leftSinceMillis >= graceMillis;
        return clientsLeft || overflows > 0 ? Confidence.POSSIBLE : null;
    }
}
