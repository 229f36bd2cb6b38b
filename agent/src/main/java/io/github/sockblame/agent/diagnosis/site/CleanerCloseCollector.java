// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.agent.diagnosis.site;

import io.github.sockblame.agent.ledger.TrackedSocket;
import io.github.sockblame.report.ClosedByCleaner;
import io.github.sockblame.report.ClosedByCleaner.CleanerClosedSite;
import io.github.sockblame.report.Event;
import io.github.sockblame.report.Site;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Groups the sockets that the JDK's Cleaner closed by the culprit of their opening. */
public final class CleanerCloseCollector {

    private final PlaceStats opened = new PlaceStats();
    private int count;
    private @Nullable Instant last;

    private CleanerCloseCollector() {}

    /**
     * Groups them.
     *
     * @param count how many there were in all
     * @param latest the latest of them
     * @param stacks numbers the stacks
     */
    public static ClosedByCleaner collect(long count, List<TrackedSocket> latest, StackTable stacks) {
        Map<Object, CleanerCloseCollector> byCulprit = new LinkedHashMap<>();
        for (TrackedSocket socket : latest) {
            Event event = stacks.event(socket.opened());
            if (event != null) {
                byCulprit
                        .computeIfAbsent(stacks.culpritOf(event.stack()), culprit -> new CleanerCloseCollector())
                        .add(event);
            }
        }
        List<CleanerClosedSite> sites = new ArrayList<>();
        for (CleanerCloseCollector site : byCulprit.values()) {
            Site.Place place = site.opened.toPlace();
            if (place != null) {
                sites.add(new CleanerClosedSite(site.count, place, site.last));
            }
        }
        sites.sort((a, b) -> Integer.compare(b.count(), a.count()));
        return new ClosedByCleaner(count, sites);
    }

    private void add(Event event) {
        count++;
        opened.add(event);
        if (last == null || event.at().isAfter(last)) {
            last = event.at();
        }
    }
}
