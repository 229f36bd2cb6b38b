// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.top;

import io.github.sockblame.report.Site;
import java.util.Comparator;

/** The order of the sites: leaks first, then by this. */
enum SortOrder {
    /** The fastest growth in the last minute first; sites with unknown growth last. */
    GROWTH("growth"),
    COUNT("count"),
    /** The oldest first. */
    AGE("age");

    private final String word;

    SortOrder(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    Comparator<Site> comparator() {
        return Comparator.comparing((Site site) -> site.verdict().severity())
                .thenComparing(site -> !site.verdict().isLeak(site.confidence()))
                .thenComparing(
                        switch (this) {
                            case GROWTH ->
                                Comparator.comparing(SortOrder::grown).reversed();
                            case COUNT -> Comparator.comparing(Site::count).reversed();
                            case AGE -> Comparator.comparing(Site::oldestSince);
                        })
                .thenComparing(Site::number);
    }

    private static long grown(Site site) {
        Long growth = site.growth();
        return growth == null ? Long.MIN_VALUE : growth;
    }
}
