// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.write;

import io.github.sockblame.report.AfterClose;
import io.github.sockblame.report.ClosedByCleaner;
import org.jspecify.annotations.Nullable;

/** Writes the places of connections that are closed: by the program, or by a cleaner. */
final class ClosedSiteWriter {

    private final JsonFields to;

    ClosedSiteWriter(JsonFields to) {
        this.to = to;
    }

    void write(String name, ClosedByCleaner closedByCleaner) {
        to.start(name);
        to.number("count", closedByCleaner.count());
        to.startArray("sites");
        for (ClosedByCleaner.CleanerClosedSite site : closedByCleaner.sites()) {
            to.start();
            to.number("count", site.count());
            new SiteWriter(to).place("opened", site.opened());
            to.time("lastOpenedAt", site.lastOpenedAt());
            to.end();
        }
        to.endArray();
        to.end();
    }

    void write(String name, @Nullable AfterClose afterClose) {
        if (afterClose == null) {
            to.none(name);
            return;
        }
        to.start(name);
        to.counts("rows", afterClose.rows());
        to.counts("unattributed", afterClose.unattributed());
        to.flag("complete", afterClose.complete());
        to.startArray("sites");
        for (AfterClose.ClosedSite site : afterClose.sites()) {
            write(site);
        }
        to.endArray();
        to.number("siteCount", afterClose.siteCount());
        to.end();
    }

    private void write(AfterClose.ClosedSite site) {
        to.start();
        to.endpoint("remote", site.remote());
        to.number("localPort", site.localPort());
        to.number("count", site.count());
        to.counts("states", site.states());
        to.number("byAddressOnly", site.byAddressOnly());
        to.flag("sampled", site.sampled());
        to.time("firstClosedAt", site.firstClosedAt());
        to.number("closedInLastTenSeconds", site.closedInLastTenSeconds());
        to.number("open", site.open());
        to.duration("medianLifetime", site.medianLifetime());
        new SiteWriter(to).place("opened", site.opened());
        new SiteWriter(to).place("closing", site.closing());
        to.end();
    }
}
