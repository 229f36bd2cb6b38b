// SPDX-License-Identifier: Apache-2.0
package io.github.sockblame.report.write;

import io.github.sockblame.report.Site;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the sites. */
final class SiteWriter {

    private final JsonFields to;

    SiteWriter(JsonFields to) {
        this.to = to;
    }

    void write(String name, List<Site> sites) {
        to.startArray(name);
        for (Site site : sites) {
            write(site);
        }
        to.endArray();
    }

    private void write(Site site) {
        to.start();
        to.number("number", site.number());
        to.constant("verdict", site.verdict());
        to.constant("confidence", site.confidence());
        to.number("count", site.count());
        to.time("oldestSince", site.oldestSince());
        to.counts("states", site.states());
        range("recvQ", site.recvQ());
        range("sendQ", site.sendQ());
        remotes("remotes", site.remotes());
        to.number("remoteCount", site.remoteCount());
        place("eof", site.eof());
        place("opened", site.opened());
        place("closing", site.closing());
        place("listener", site.listener());
        place("current", site.current());
        place("lastUse", site.lastUse());
        to.time("medianSince", site.medianSince());
        to.number("inLastMinute", site.inLastMinute());
        flow("flow", site.flow());
        to.texts("evidence", site.evidence());
        to.number("estimatedCount", site.estimatedCount());
        to.constant("protocol", site.protocol());
        to.end();
    }

    void place(String name, Site.@Nullable Place place) {
        if (place == null) {
            to.none(name);
            return;
        }
        to.start(name);
        to.number("stack", place.stack());
        to.number("stackCount", place.stackCount());
        to.texts("threads", place.threads());
        to.number("threadCount", place.threadCount());
        to.end();
    }

    private void range(String name, Site.@Nullable Range range) {
        if (range == null) {
            to.none(name);
            return;
        }
        to.start(name);
        to.number("min", range.min());
        to.number("max", range.max());
        to.end();
    }

    private void remotes(String name, List<Site.RemoteCount> remotes) {
        to.startArray(name);
        for (Site.RemoteCount remote : remotes) {
            to.start();
            to.endpoint("remote", remote.remote());
            to.number("count", remote.count());
            to.flag("local", remote.local());
            to.end();
        }
        to.endArray();
    }

    private void flow(String name, Site.@Nullable Flow flow) {
        if (flow == null) {
            to.none(name);
            return;
        }
        to.start(name);
        to.number("opened", flow.opened());
        to.number("open", flow.open());
        to.number("closed", flow.closed());
        to.number("openedInLastMinute", flow.openedInLastMinute());
        to.number("closedInLastMinute", flow.closedInLastMinute());
        to.flag("sampled", flow.sampled());
        new StackWriter(to).write("closedAt", flow.closedAt());
        to.number("closedAtCount", flow.closedAtCount());
        to.number("closedAfterSuspicion", flow.closedAfterSuspicion());
        to.duration("longestDelay", flow.longestDelay());
        to.end();
    }
}
