// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sockets that the program dropped without a close, and that the JDK's Cleaner closed. They are no longer open and in
 * no total: these leaks ended only because the garbage collector ran.
 *
 * @param count all of them since the agent's start
 * @param sites the latest of them, by culprit of the opening stack, most frequent first
 */
public record ClosedByCleaner(long count, List<CleanerClosedSite> sites) {

    public ClosedByCleaner {
        sites = List.copyOf(sites);
    }

    /**
     * The sockets that one place opened.
     *
     * @param count how many of the latest
     * @param opened where
     * @param lastOpenedAt when the last of them was opened; null if the agent saw none of them open
     */
    public record CleanerClosedSite(
            int count, Site.Place opened, @Nullable Instant lastOpenedAt) {

        public CleanerClosedSite {
            requireNonNull(opened, "opened");
        }
    }
}
