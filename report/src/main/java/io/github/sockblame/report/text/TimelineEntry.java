// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.text;

import io.github.sockblame.report.Event;
import io.github.sockblame.report.Site.Place;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event in the history of a connection.
 *
 * @param at when; null if the entry is for a site and not for one connection
 * @param what in words
 * @param thread the thread that did it; empty if there is none, or if it is unknown
 * @param stack index into the report's stacks; null if there is none
 */
record TimelineEntry(
        @Nullable Instant at,
        String what,
        String thread,
        @Nullable Integer stack) {

    static TimelineEntry of(Event event, String what) {
        return new TimelineEntry(event.at(), what, "thread " + event.thread(), event.stack());
    }

    static TimelineEntry of(Place place, String what) {
        return new TimelineEntry(null, what, "", place.stack());
    }

    static TimelineEntry noticed(Instant at, String what) {
        return new TimelineEntry(at, what, "", null);
    }
}
