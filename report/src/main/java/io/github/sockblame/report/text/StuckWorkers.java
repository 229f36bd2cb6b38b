// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import io.github.sockblame.report.Frame;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reason why a server does not read connections that its clients have left: the threads that should read them are stuck
 * in other connections of the same listener.
 */
final class StuckWorkers {

    private StuckWorkers() {}

    /** One sentence; null if the site is not ABANDONED, or if no thread of its listener is stuck. */
    static @Nullable String of(Report report, Site site) {
        Frame listener = report.culpritOrEntryFrame(site.listener());
        if (site.verdict() != Verdict.ABANDONED || listener == null) {
            return null;
        }
        long stuck = 0;
        List<String> numbers = new ArrayList<>();
        for (Site other : report.sites()) {
            if (other.verdict() == Verdict.STUCK && listener.equals(report.culpritOrEntryFrame(other.listener()))) {
                stuck += other.count();
                numbers.add(Integer.toString(other.number()));
            }
        }
        if (numbers.isEmpty()) {
            return null;
        }
        return "threads are stuck in " + TextFormat.count(stuck, "connection") + " of the same listener (site "
                + String.join(", ", numbers) + "): if no other thread is left, nothing reads these";
    }
}
