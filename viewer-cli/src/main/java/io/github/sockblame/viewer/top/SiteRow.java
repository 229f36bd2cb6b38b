// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.viewer.top;

import io.github.sockblame.report.Culprit;
import io.github.sockblame.report.Frame;
import io.github.sockblame.report.Report;
import io.github.sockblame.report.Site;
import io.github.sockblame.report.SiteIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A site as a row of the screen.
 *
 * @param site the site
 * @param key identifies the site in the next report, where its number may differ
 * @param culprit the frame of its culprit; null if it has none
 */
record SiteRow(Site site, SiteIdentity key, @Nullable Frame culprit) {

    private static SiteRow of(Report report, Site site) {
        Culprit culprit = Culprit.of(report, site);
        return new SiteRow(site, SiteIdentity.of(report, site), culprit == null ? null : culprit.frame());
    }

    /** The rows of the sites that contain this text, in this order. */
    static List<SiteRow> of(Report report, SortOrder sortOrder, String filter) {
        List<SiteRow> rows = new ArrayList<>();
        report.sites().stream().sorted(sortOrder.comparator()).forEach(site -> {
            SiteRow row = of(report, site);
            if (row.has(filter)) {
                rows.add(row);
            }
        });
        return rows;
    }

    /** The first remote address; empty if there is none. */
    String remote() {
        return site.remotes().isEmpty() ? "" : site.remotes().get(0).remote().text();
    }

    private boolean has(String filter) {
        String all = String.join(
                "\n",
                site.verdict().word(),
                site.verdict().name(),
                remote(),
                text(culprit),
                text(key.eof()),
                text(key.opened()),
                text(key.closing()),
                text(key.listener()));
        return all.toLowerCase(Locale.ROOT).contains(filter.toLowerCase(Locale.ROOT));
    }

    private static String text(@Nullable Frame frame) {
        return frame == null ? "" : frame.text();
    }
}
