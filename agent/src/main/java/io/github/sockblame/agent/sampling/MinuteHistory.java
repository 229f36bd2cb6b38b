// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.sampling;

import io.github.sockblame.report.History;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Totals;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last hour by minutes: the figures of the first round in each minute, or of its first report, which also has the
 * number of leaks. It has at most sixty small records, and needs no reading of its own.
 *
 * <p>The watch thread and the threads that request a report call it.
 */
public final class MinuteHistory {

    private static final int PERIOD_SECONDS = 60;

    private final ArrayDeque<History.Sample> samples = new ArrayDeque<>();

    /**
     * Records a round at this time, in milliseconds since the epoch.
     *
     * @param descriptors open descriptors of any kind; -1 if unknown
     */
    synchronized void recordRound(long atMillis, int sockets, Map<TcpState, Integer> byState, long descriptors) {
        History.Sample latest = samples.peekLast();
        Instant at = Instant.ofEpochMilli(atMillis);
        if (latest == null || minuteOf(latest.at()) < minuteOf(at)) {
            add(new History.Sample(at, sockets, null, byState, known(descriptors)));
        }
    }

    /**
     * Records a report.
     *
     * @param descriptors open descriptors of any kind; -1 if unknown
     */
    public synchronized void recordReport(Instant at, Totals totals, long descriptors) {
        History.Sample latest = samples.peekLast();
        long minutes = latest == null ? 1 : minuteOf(at) - minuteOf(latest.at());
        boolean better = latest != null && minutes == 0 && latest.leaked() == null;
        if (better) {
            samples.removeLast();
        }
        if (better || minutes > 0) {
            add(new History.Sample(at, totals.sockets(), totals.leaked(), totals.byState(), known(descriptors)));
        }
    }

    private static @Nullable Long known(long descriptors) {
        return descriptors < 0 ? null : (Long) descriptors;
    }

    /** Drops samples by their age, so there are at most as many as an hour has minutes. */
    private void add(History.Sample sample) {
        long oldest = minuteOf(sample.at()) - History.MAX_SAMPLES;
        while (!samples.isEmpty() && minuteOf(samples.getFirst().at()) <= oldest) {
            samples.removeFirst();
        }
        samples.addLast(sample);
    }

    /** All samples. */
    public synchronized History toHistory() {
        return new History(PERIOD_SECONDS, new ArrayList<>(samples));
    }

    private static long minuteOf(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), PERIOD_SECONDS);
    }
}
