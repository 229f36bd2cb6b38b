// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.watch;

import io.github.sockblame.report.History;
import io.github.sockblame.report.TcpState;
import io.github.sockblame.report.Totals;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Map;

/**
 * Remembers what each minute of the last hour looked like: what the first round in it saw, or the first report, which also knows how many
 * leak. Sixty small records at the most; nothing is read for them.
 *
 * <p>Told by the watch thread and by those that ask for a report.
 */
final class MinuteHistory {

    private static final int PERIOD_SECONDS = 60;

    private final ArrayDeque<History.Sample> samples = new ArrayDeque<>();

    /** What a round saw at this time, in milliseconds since the epoch. */
    synchronized void recordRound(long atMillis, int sockets, Map<TcpState, Integer> byState) {
        History.Sample latest = samples.peekLast();
        Instant at = Instant.ofEpochMilli(atMillis);
        if (latest == null || minuteOf(latest.at()) < minuteOf(at)) {
            add(new History.Sample(at, sockets, null, byState));
        }
    }

    /** What a report says. */
    synchronized void recordReport(Instant at, Totals totals) {
        History.Sample latest = samples.peekLast();
        long minutes = latest == null ? 1 : minuteOf(at) - minuteOf(latest.at());
        boolean better = latest != null && minutes == 0 && latest.leaked() == null;
        if (better) {
            samples.removeLast();
        }
        if (better || minutes > 0) {
            add(new History.Sample(at, totals.sockets(), totals.leaked(), totals.byState()));
        }
    }

    /** By age, and so there are no more than there are minutes in an hour. */
    private void add(History.Sample sample) {
        long oldest = minuteOf(sample.at()) - History.MOST;
        while (!samples.isEmpty() && minuteOf(samples.getFirst().at()) <= oldest) {
            samples.removeFirst();
        }
        samples.addLast(sample);
    }

    /** All that is remembered. */
    synchronized History toHistory() {
        return new History(PERIOD_SECONDS, new ArrayList<>(samples));
    }

    private static long minuteOf(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), PERIOD_SECONDS);
    }
}
